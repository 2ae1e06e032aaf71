"""Writes the small network that devices are tried with, and its manifest.

It is not trained: fixed random weights put every operator that Lacuna's models use to work on a few thousand pixels, so
that a device whose driver miscounts is found out against the CPU. Run:

    python3 probe.py ../../resources/lacuna/devices ../../resources/samples/mountain-lake.jpg
"""

import hashlib
import json
import pathlib
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

random = np.random.default_rng(20261122)
nodes, weights = [], []


def node(kind, inputs, output, **attributes):
    nodes.append(helper.make_node(kind, inputs, [output], **attributes))
    return output


def weight(name, *shape):
    """As the models have them: fp16 in the file, float32 in the sums."""
    scale = 1.0 / np.sqrt(max(np.prod(shape[1:]), 1))
    weights.append(numpy_helper.from_array((random.standard_normal(shape) * scale).astype(np.float16), name + ".fp16"))
    return node("Cast", [name + ".fp16"], name, to=TensorProto.FLOAT)


def constant(name, value):
    weights.append(numpy_helper.from_array(np.asarray(value), name))
    return name


def conv(name, source, into, out, size, stride=1):
    return node("Conv", [source, weight(name + ".w", out, into, size, size), weight(name + ".b", out)], name,
                kernel_shape=[size, size], pads=[size // 2] * 4, strides=[stride, stride])


x = conv("folded", "input", 3, 12, 3, stride=2)
x = node("Relu", [conv("first", x, 12, 16, 3)], "first.r")
skip = x
x = node("LeakyRelu", [conv("down", x, 16, 32, 3, stride=2)], "down.r", alpha=0.1)
x = node("Add", [x, node("Sigmoid", [conv("gate", x, 32, 32, 1)], "gate.s")], "gated")
x = node("Resize", [x, "", constant("scales", np.array([1, 1, 2, 2], np.float32))], "wide", mode="nearest",
         coordinate_transformation_mode="asymmetric", nearest_mode="floor")
x = node("Concat", [x, skip, node("AveragePool", [skip], "calm", kernel_shape=[3, 3], pads=[1, 1, 1, 1])], "joined",
         axis=1)
x = node("Mul", [conv("last", x, 64, 12, 3), constant("half", np.float32(0.5))], "scaled")
x = node("DepthToSpace", [x], "unfolded", blocksize=2, mode="CRD")
x = node("Clip", [node("Add", ["input", x], "sum"), constant("low", np.float32(0)), constant("high", np.float32(1))],
         "output")

picture = [1, 3, "height", "width"]
graph = helper.make_graph(nodes, "probe", [helper.make_tensor_value_info("input", TensorProto.FLOAT, picture)],
                          [helper.make_tensor_value_info("output", TensorProto.FLOAT, picture)], weights)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
onnx.checker.check_model(model)

folder = pathlib.Path(sys.argv[1])
(folder / "probe.onnx").write_bytes(model.SerializeToString())
digest = hashlib.sha256((folder / "probe.onnx").read_bytes()).hexdigest()
colours = {"kind": "rgb", "range": [0, 1]}
(folder / "probe.json").write_text(json.dumps({
    "id": "probe", "task": "probe", "name": "Probe", "version": "1", "licence": "Apache-2.0",
    "source": "models/training/probe.py", "file": "probe.onnx",
    "inputs": [{"name": "input", **colours}], "outputs": [{"name": "output", **colours}],
    "size": {"multiple": 4, "minimum": 16}, "tile": 64, "halo": 0, "scale": 1, "sha256": digest}, indent=2) + "\n")

# What models are tried with: the part of the sample picture with boat, reeds, trees and water.
if len(sys.argv) > 2:
    import zlib

    from PIL import Image

    part = Image.open(sys.argv[2]).convert("RGB").crop((800, 440, 1312, 952)).resize((256, 256), Image.LANCZOS)
    (folder / "specimen.z").write_bytes(zlib.compress(part.tobytes(), 9))
