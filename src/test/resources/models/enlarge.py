"""Writes the networks that tests of Upscale run: plain interpolation, of our own making, nothing trained.

    python3 enlarge.py

Needs the Python package `onnx`. The faithful ones are cubic interpolation (Keys, a = -1/2); the crisp one sharpens each
colour first, so that a test can tell them apart. It exists for 4 only, as networks of others often do.
"""

import hashlib
import json
import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HERE = pathlib.Path(__file__).parent
HALO = 8


def write(character, scale):
    sharpen = character == 'crisp'
    nodes = []
    weights = [numpy_helper.from_array(np.array([1, 1, scale, scale], np.float32), 'scales'),
               numpy_helper.from_array(np.zeros(0, np.float32), 'roi')]
    before = 'image'
    if sharpen:
        kernel = np.zeros((3, 1, 3, 3), np.float32)
        kernel[:, 0] = [[0, -0.25, 0], [-0.25, 2, -0.25], [0, -0.25, 0]]
        weights += [numpy_helper.from_array(kernel, 'kernel'),
                    numpy_helper.from_array(np.array([0, 0, 1, 1, 0, 0, 1, 1], np.int64), 'pads')]
        nodes += [helper.make_node('Pad', ['image', 'pads'], ['padded'], mode='edge'),
                  helper.make_node('Conv', ['padded', 'kernel'], ['sharp'], group=3)]
        before = 'sharp'
    nodes.append(helper.make_node('Resize', [before, 'roi', 'scales'], ['upscaled'], mode='cubic',
                                  cubic_coeff_a=-0.5, coordinate_transformation_mode='half_pixel'))
    graph = helper.make_graph(
        nodes, 'enlarge',
        [helper.make_tensor_value_info('image', TensorProto.FLOAT, [1, 3, 'h', 'w'])],
        [helper.make_tensor_value_info('upscaled', TensorProto.FLOAT, [1, 3, 'H', 'W'])], weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 17)], ir_version=8)
    data = model.SerializeToString()
    name = f'test-upscale-{character}-x{scale}'
    folder = HERE / name
    folder.mkdir(exist_ok=True)
    (folder / 'model.onnx').write_bytes(data)
    manifest = {
        'id': name, 'task': 'upscale', 'name': f'Test {character} x{scale}', 'version': '1', 'licence': 'Apache-2.0',
        'source': 'enlarge.py', 'file': 'model.onnx',
        'inputs': [{'name': 'image', 'kind': 'rgb', 'range': [0, 1]}],
        'outputs': [{'name': 'upscaled', 'kind': 'rgb', 'range': [0, 1]}],
        'size': {'multiple': 1, 'minimum': 1}, 'tile': 256, 'halo': HALO, 'scale': scale, 'character': character,
        'sha256': hashlib.sha256(data).hexdigest()}
    (folder / 'model.json').write_text(json.dumps(manifest, indent=2) + '\n')


for each in (('faithful', 2), ('faithful', 4), ('crisp', 4)):
    write(*each)
