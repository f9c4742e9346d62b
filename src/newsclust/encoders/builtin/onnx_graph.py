"""Writes the built-in encoder as an ONNX graph with 8-bit weights; the only importer of onnx.

The graph takes the input embedding rows of one text, float32 (tokens, hidden), and what each token weighs, float32
(tokens,). It gives the text's vector: the weighted sum of the last layer, scaled to length 1, float32 (hidden,). The
rows come in from outside, so the 250,000 tokens' table is not in the graph: it stays, 4-bit, in the installed model
file.

Each matrix product runs in 8-bit integers. Weights have one scale per output column, and the values -64 to 64 only: two
such products fit the 16-bit sums of processors without VNNI, so every processor computes the same integers. Activations
have one scale per token, which loses less than half of what one scale per tensor loses
(docs/decisions/built-in-model.md).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclust.encoders.builtin.weights_file import ModelFile

OPSET = 18
IR_VERSION = 9
WEIGHT_LEVELS = 64
"""Largest quantised weight: 7 bits, so that the sum of two products with an 8-bit activation fits 16 bits."""
ACTIVATION_LEVELS = 127
ACTIVATION_ZERO = 128
_CONTRIB = "com.microsoft"
_TINY = 1e-30
"""Smallest scale of a token, against a division by zero for a token of zeros."""


def encoder_graph(model: ModelFile) -> bytes:
    """The serialised ONNX model; ModelError when a tensor is missing, of the wrong size, or not finite."""
    import onnx
    from onnx import TensorProto, helper

    graph = _Graph()
    output = _network(graph, model)
    hidden = model.sizes.hidden
    proto = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "newsclust-encoder",
            [
                helper.make_tensor_value_info("rows", TensorProto.FLOAT, ["tokens", hidden]),
                helper.make_tensor_value_info("weights", TensorProto.FLOAT, ["tokens"]),
            ],
            [helper.make_tensor_value_info(output, TensorProto.FLOAT, [hidden])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(_CONTRIB, 1)],
        ir_version=IR_VERSION,
        producer_name="newsclust",
    )
    onnx.checker.check_model(proto)
    serialised: bytes = proto.SerializeToString(deterministic=True)
    return serialised


class _Graph:
    """Nodes and constants of a graph being written; values are named after the node that makes them."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._quantised: dict[str, tuple[str, str, str]] = {}

    def constant(self, name: str, value: NDArray[Any]) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, operator: str, inputs: list[str], output: str, **attributes: Any) -> str:
        return self.nodes_of(operator, inputs, [output], **attributes)[0]

    def nodes_of(self, operator: str, inputs: list[str], outputs: list[str], **attributes: Any) -> list[str]:
        from onnx import helper

        self.nodes.append(helper.make_node(operator, inputs, outputs, name=outputs[0], **attributes))
        return outputs

    def filled(self, name: str, shape: str, value: NDArray[Any]) -> str:
        """A tensor of the shape that another holds, filled with the one value of an array."""
        from onnx import numpy_helper

        return self.node("ConstantOfShape", [shape], name, value=numpy_helper.from_array(value))

    def product(self, value: str, name: str, weights: NDArray[np.float32]) -> str:
        """`value` times the transposed weights, shape (outputs, inputs), in 8-bit integers; no bias."""
        values, scales, zeros = self._quantised.get(value) or self._quantise(value)
        columns = np.maximum(np.abs(weights).max(axis=1), _TINY).astype(np.float32) / np.float32(WEIGHT_LEVELS)
        levels = np.rint(weights / columns[:, None]).astype(np.int8)
        integers = self.node(
            "MatMulIntegerToFloat",
            [
                values,
                self.constant(f"{name}.weights", levels.T),
                "one",
                self.constant(f"{name}.scales", columns),
                zeros,
                self.constant(f"{name}.zeros", np.zeros(len(columns), np.int8)),
            ],
            f"{name}.by_column",
            domain=_CONTRIB,
        )
        return self.node("Mul", [integers, scales], name)

    def _quantise(self, value: str) -> tuple[str, str, str]:
        largest = self.node(
            "ReduceMax", [self.node("Abs", [value], f"{value}.sizes"), "last"], f"{value}.largest", keepdims=0
        )
        by_token = self.node("Max", [self.node("Mul", [largest, "level"], f"{value}.steps"), "tiny"], f"{value}.step")
        # Divide, round to even, shift and cut to 0-255 in one pass, a scale for each token.
        integers = self.node("QuantizeLinear", [value, by_token, "zero_points"], f"{value}.levels", axis=0)
        scales = self.node("Unsqueeze", [by_token, "last"], f"{value}.scales")
        self._quantised[value] = (integers, scales, "zero_point")
        return self._quantised[value]


def _network(graph: _Graph, model: ModelFile) -> str:
    sizes = model.sizes
    for name, number in (("one", 1.0), ("level", 1 / ACTIVATION_LEVELS), ("tiny", _TINY)):
        graph.constant(name, np.array(number, np.float32))
    graph.constant("zero_point", np.array(ACTIVATION_ZERO, np.uint8))
    for name, axis in (("first", 0), ("last", -1), ("start", 0)):
        graph.constant(name, np.array([axis], np.int64))
    graph.constant("parts", np.full(3, sizes.hidden, np.int64))
    value = _normed(graph, model, "emb.ln", _embedded(graph, model))
    for layer in range(sizes.layers):
        value = _layer(graph, model, f"l{layer}", value)
    return graph.node("LpNormalization", [graph.node("MatMul", ["weights", value], "sum")], "vector", axis=0, p=2)


def _embedded(graph: _Graph, model: ModelFile) -> str:
    sizes = model.sizes
    kinds = model.plain("emb.type", sizes.token_types, sizes.hidden)
    positions = model.plain("emb.pos", sizes.positions, sizes.hidden) + kinds[0]
    graph.constant("positions", positions)
    tokens = graph.node("Shape", ["rows"], "tokens", start=0, end=1)
    graph.filled("zero_points", tokens, np.array([ACTIVATION_ZERO], np.uint8))
    used = graph.node("Slice", ["positions", "start", tokens, "first"], "positions.used")
    return graph.node("Add", ["rows", used], "embedded")


def _normed(graph: _Graph, model: ModelFile, name: str, value: str, added: str = "", bias: str = "") -> str:
    """Layer normalisation of `value`, plus `added` and its bias where given."""
    hidden = model.sizes.hidden
    scale = graph.constant(f"{name}.scale", model.plain(f"{name}.w", hidden))
    shift = graph.constant(f"{name}.shift", model.plain(f"{name}.b", hidden))
    if added:
        # SkipLayerNormalization does this in one node, and takes five times as long.
        value = graph.node("Add", [value, graph.node("Add", [added, bias], f"{name}.biased")], f"{name}.in")
    return graph.node("LayerNormalization", [value, scale, shift], f"{name}.out", epsilon=model.sizes.epsilon)


def _layer(graph: _Graph, model: ModelFile, name: str, value: str) -> str:
    hidden, wide = model.sizes.hidden, model.sizes.feed_forward
    context = _attention(graph, model, name, value)
    bias = graph.constant(f"{name}.ao.bias", model.plain(f"{name}.ao.b", hidden))
    attended = graph.product(context, f"{name}.ao", model.matrix(f"{name}.ao.w", hidden, hidden))
    value = _normed(graph, model, f"{name}.aln", value, attended, bias)
    inner = graph.product(value, f"{name}.fi", model.matrix(f"{name}.fi.w", wide, hidden))
    inner_bias = graph.constant(f"{name}.fi.bias", model.plain(f"{name}.fi.b", wide))
    active = graph.node("BiasGelu", [inner, inner_bias], f"{name}.active", domain=_CONTRIB)
    bias = graph.constant(f"{name}.fo.bias", model.plain(f"{name}.fo.b", hidden))
    outer = graph.product(active, f"{name}.fo", model.matrix(f"{name}.fo.w", hidden, wide))
    return _normed(graph, model, f"{name}.oln", value, outer, bias)


def _attention(graph: _Graph, model: ModelFile, name: str, value: str) -> str:
    sizes = model.sizes
    # Queries, keys and values share their input: one product of three times the width is faster than three.
    weights = np.concatenate([model.matrix(f"{name}.{part}.w", sizes.hidden, sizes.hidden) for part in "qkv"])
    biases = np.concatenate([model.plain(f"{name}.{part}.b", sizes.hidden) for part in "qkv"])
    together = graph.node("Unsqueeze", [graph.product(value, f"{name}.qkv", weights), "first"], f"{name}.qkv.batch")
    parts = graph.nodes_of("Split", [together, "parts"], [f"{name}.{part}" for part in "qkv"], axis=-1)
    attended = graph.node(
        "MultiHeadAttention",
        [*parts, graph.constant(f"{name}.qkv.bias", biases)],
        f"{name}.attended",
        domain=_CONTRIB,
        num_heads=sizes.heads,
    )
    return graph.node("Squeeze", [attended, "first"], f"{name}.context")
