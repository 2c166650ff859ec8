"""The table: what is trained by both engines, by the name of what a row is there for."""

from __future__ import annotations

from spec.implementation.training.models.parity_fits import FIT
from spec.implementation.training.models.parity_kinds_of_models import MODELS
from spec.implementation.training.models.parity_layers import LAYERS
from spec.implementation.training.models.parity_losses import EMBEDDINGS, LOSSES, OPTIMIZERS

TABLE = {**LAYERS, **MODELS, **LOSSES, **OPTIMIZERS, **EMBEDDINGS, **FIT}
