"""The images of Fashion-MNIST, as they are published and divided by their largest value."""

import numpy as np

from nnspec import FASHION_CLASSES, fact, load_arrays
from spec.documents.tf_classification.fashion_recipes import IMAGES, RAW_IMAGES, SECTION
from spec.sources import TF_CLASSIFICATION

# the pixels of the first training image as the document prints them, row by row
PRINTED = """
0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 0 0 13 73 0 0 1 4
0 0 0 0 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 3 0 36 136 127 62 54 0 0 0 1 3 4 0 0 3 0 0 0 0 0 0 0 0 0 0 0 0 6 0
102 204 176 134 144 123 23 0 0 0 0 12 10 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 155 236 207 178 107 156 161 109 64
23 77 130 72 15 0 0 0 0 0 0 0 0 0 0 0 1 0 69 207 223 218 216 216 163 127 121 122 146 141 88 172 66 0 0 0 0
0 0 0 0 0 1 1 1 0 200 232 232 233 229 223 223 215 213 164 127 123 196 229 0 0 0 0 0 0 0 0 0 0 0 0 0 0 183
225 216 223 228 235 227 224 222 224 221 223 245 173 0 0 0 0 0 0 0 0 0 0 0 0 0 0 193 228 218 213 198 180
212 210 211 213 223 220 243 202 0 0 0 0 0 0 0 0 0 0 1 3 0 12 219 220 212 218 192 169 227 208 218 224 212
226 197 209 52 0 0 0 0 0 0 0 0 0 0 6 0 99 244 222 220 218 203 198 221 215 213 222 220 245 119 167 56 0 0 0
0 0 0 0 0 0 4 0 0 55 236 228 230 228 240 232 213 218 223 234 217 217 209 92 0 0 0 1 4 6 7 2 0 0 0 0 0 237
226 217 223 222 219 222 221 216 223 229 215 218 255 77 0 0 3 0 0 0 0 0 0 0 62 145 204 228 207 213 221 218
208 211 218 224 223 219 215 224 244 159 0 0 0 0 0 18 44 82 107 189 228 220 222 217 226 200 205 211 230 224
234 176 188 250 248 233 238 215 0 0 57 187 208 224 221 224 208 204 214 208 209 200 159 245 193 206 223 255
255 221 234 221 211 220 232 246 0 3 202 228 224 221 211 211 214 205 205 205 220 240 80 150 255 229 221 188
154 191 210 204 209 222 228 225 0 98 233 198 210 222 229 229 234 249 220 194 215 217 241 65 73 106 117 168
219 221 215 217 223 223 224 229 29 75 204 212 204 193 205 211 225 216 185 197 206 198 213 240 195 227 245
239 223 218 212 209 222 220 221 230 67 48 203 183 194 213 197 185 190 194 192 202 214 219 221 220 236 225
216 199 206 186 181 177 172 181 205 206 115 0 122 219 193 179 171 183 196 204 210 213 207 211 210 200 196
194 191 195 191 198 192 176 156 167 177 210 92 0 0 74 189 212 191 175 172 175 181 185 188 189 188 193 198
204 209 210 210 211 188 188 194 192 216 170 0 2 0 0 0 66 200 222 237 239 242 246 243 244 221 220 193 191
179 182 182 181 176 166 168 99 58 0 0 0 0 0 0 0 0 0 40 61 44 72 41 35 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
"""


@fact("tfc-fashion-data", source=TF_CLASSIFICATION.at(SECTION, "train_data and test_data"))
def test_the_images_are_the_printed_ones():
    """Fashion-MNIST has the printed shapes, pixels and labels, ten named classes, as many images of each."""
    found = load_arrays("fashion_mnist.npz")
    for part, examples in (("train", 60_000), ("test", 10_000)):
        pixels, labels = found[f"x_{part}"], found[f"y_{part}"]
        assert pixels.shape == (examples, 28, 28)
        assert labels.shape == (examples,)
        assert pixels.dtype == np.uint8
        assert (pixels.min(), pixels.max()) == (0, 255)
        assert np.bincount(labels).tolist() == [examples // 10] * 10
    assert found["x_train"][0].ravel().tolist() == [int(pixel) for pixel in PRINTED.split()]
    assert found["y_train"][[0, 7]].tolist() == [9, 2]
    assert len(FASHION_CLASSES) == 10
    assert [FASHION_CLASSES[label] for label in (9, 2)] == ["Ankle boot", "Pullover"]


@fact("tfc-fashion-normalise", source=TF_CLASSIFICATION.at(SECTION, "train_data / 255.0"))
def test_dividing_by_the_largest_value_gives_floats_from_0_to_1():
    """Divided by 255.0 the pixels are floats from 0 to 1."""
    pixels = load_arrays("fashion_mnist.npz")["x_train"]
    assert np.issubdtype((pixels[:1] / 255.0).dtype, np.floating)
    normalised = IMAGES.arrays().x_train
    assert np.issubdtype(normalised.dtype, np.floating)
    assert (normalised.min(), normalised.max()) == (0.0, 1.0)
    # one rounding to float32, whether a pixel is multiplied by 1 / 255 or divided by 255
    np.testing.assert_allclose(normalised[:100], pixels[:100] / 255.0, rtol=2e-7)
    np.testing.assert_array_equal(RAW_IMAGES.arrays().x_train[:100], pixels[:100])
