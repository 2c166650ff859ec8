"""Numbers in a printed list, tuple or dict, as they are printed."""

from __future__ import annotations

import ast
import re
import warnings

_WRAPPERS = {"array", "asarray", "float16", "float32", "float64", "np.float32", "np.float64", "numpy.float64"}
_TENSOR = re.compile(r"<tf\.Tensor: .*?numpy=(?P<value>[-+.\deE]+|nan|-?inf)>", re.S)

Numbers = str | list["Numbers"] | tuple["Numbers", ...] | dict[str, "Numbers"]


def numbers_in(text: str) -> Numbers | None:
    """Return the numbers of a printed value, each as printed; None where it is anything else.

    NumPy's scalars, scalar tensors, `nan` and `inf` are numbers; texts, booleans and objects are not.
    """
    text = _TENSOR.sub(lambda found: found["value"], text).strip()
    if len(text) > 2**20 or not text or (text[0] not in "[({-+." and not text[0].isalnum()):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text, mode="eval").body
        return _numbers(tree, text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _numbers(node: ast.expr, text: str) -> Numbers:
    if isinstance(node, ast.List | ast.Tuple):
        items = [_numbers(item, text) for item in node.elts]
        return items if isinstance(node, ast.List) else tuple(items)
    if isinstance(node, ast.Dict):
        keys = [key.value if isinstance(key, ast.Constant) else None for key in node.keys]
        if not all(isinstance(key, str) for key in keys):
            raise ValueError("keys that are no names")
        return {str(k): _numbers(value, text) for k, value in zip(keys, node.values, strict=True)}
    if isinstance(node, ast.Call) and ast.unparse(node.func) in _WRAPPERS and node.args:
        return _numbers(node.args[0], text)
    number = node.operand if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) else node
    constant = isinstance(number, ast.Constant) and type(number.value) in (int, float)
    if constant or (isinstance(number, ast.Name) and number.id in ("nan", "inf")):
        segment = ast.get_source_segment(text, node)
        if segment is not None:
            return segment
    raise ValueError("no number")
