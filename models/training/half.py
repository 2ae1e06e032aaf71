"""Writes, beside a model's network, the same network for devices that gain from half precision.

    python3 half.py ../lacuna-inpaint [--crops ../../../shared/data/bench/Set5]

What lies between the first and the last layer with weights runs in float16; what comes before and behind (a pre-fill with
small constants, the sum with the picture), the inputs and the outputs stay in float32. The new file holds no weights: its
initializers are ONNX external data that point at the float16 bytes inside the network's own file, so it is a few tens of
kilobytes long. The manifest then names it under `half`. Nothing is trained. With the Python package `onnxruntime` present
both files are run on real crops (--crops) with every half-precision value rounded, and compared.
"""

import argparse
import hashlib
import json
import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SUFFIX = '.half.onnx'
# Inputs that stay in float32 whatever the others are, by the operators' schemas.
FLOAT_INPUTS = {'Resize': (1, 2)}
# Field numbers of onnx.proto.
MODEL_GRAPH, GRAPH_INITIALIZER, TENSOR_NAME, TENSOR_RAW_DATA = 7, 5, 8, 9


def fields(data, start, end):
    """The fields of a protobuf message in data[start:end]: number, where its content begins, where it ends."""

    def varint(at):
        value = shift = 0
        while True:
            byte = data[at]
            value |= (byte & 127) << shift
            at, shift = at + 1, shift + 7
            if byte < 128:
                return value, at

    at = start
    while at < end:
        key, at = varint(at)
        number, wire = key >> 3, key & 7
        begin = at
        if wire == 0:
            _, at = varint(at)
        elif wire == 1:
            at += 8
        elif wire == 2:
            size, begin = varint(at)
            at = begin + size
        elif wire == 5:
            at += 4
        else:
            raise SystemExit('this is not a network')
        yield number, begin, at


def weights_in(data):
    """Where the bytes of each initializer lie in a network's file: name -> offset, length."""
    found = {}
    for number, begin, end in fields(data, 0, len(data)):
        if number == MODEL_GRAPH:
            for inner, first, last in fields(data, begin, end):
                if inner == GRAPH_INITIALIZER:
                    parts = {n: (a, b) for n, a, b in fields(data, first, last)}
                    if TENSOR_RAW_DATA in parts:
                        a, b = parts[TENSOR_NAME]
                        raw, stop = parts[TENSOR_RAW_DATA]
                        found[data[a:b].decode()] = raw, stop - raw
    return found


def between_weights(graph, weights):
    """The nodes on the way from one layer with weights to another, those layers included, as indices."""
    makers = {o: i for i, node in enumerate(graph.node) for o in node.output}
    before = [[makers[name] for name in node.input if name in makers] for node in graph.node]
    own = {i for i, node in enumerate(graph.node) if any(name in weights for name in node.input)}
    behind, ahead = set(own), set(own)
    for i in range(len(graph.node)):
        if any(k in behind for k in before[i]):
            behind.add(i)
    for i in reversed(range(len(graph.node))):
        if i in ahead:
            ahead.update(before[i])
    return behind & ahead


def float_values(model):
    """Names of everything in a network that is float32."""
    graph = onnx.shape_inference.infer_shapes(model, strict_mode=True).graph
    names = {v.name for v in [*graph.input, *graph.output, *graph.value_info]
             if v.type.tensor_type.elem_type == TensorProto.FLOAT}
    return names | {t.name for t in graph.initializer if t.data_type == TensorProto.FLOAT}


def halved(path):
    """The network in `path` with float16 between its weights, which it takes from that file."""
    data = pathlib.Path(path).read_bytes()
    model = onnx.load_model_from_string(data)
    graph = model.graph
    stored = {t.name: t for t in graph.initializer if t.data_type == TensorProto.FLOAT16}
    widened = {n.output[0]: n.input[0] for n in graph.node if n.op_type == 'Cast' and n.input[0] in stored}
    if not widened:
        raise SystemExit(f'{path} holds no weights in float16')
    floats = float_values(model)
    places = weights_in(data)
    kept = [n for n in graph.node if not (n.op_type == 'Cast' and n.input[0] in stored)]
    original = helper.make_graph(kept, graph.name, graph.input, graph.output)
    inner = between_weights(original, widened)
    made = {o for i in inner for o in kept[i].output}
    outer_inputs = {name for i, n in enumerate(kept) if i not in inner for name in n.input}
    leaving = outer_inputs | {o.name for o in graph.output}

    nodes, narrowed, wide = [], {}, set()
    for i, node in enumerate(kept):
        if i not in inner:
            for name in node.input:
                if name in widened and name not in wide:
                    wide.add(name)
                    nodes.append(helper.make_node('Cast', [widened[name]], [name], to=TensorProto.FLOAT))
            nodes.append(node)
            continue
        node = helper.make_node(node.op_type, list(node.input), list(node.output), name=node.name, domain=node.domain)
        node.attribute.extend(kept[i].attribute)
        if node.op_type == 'Cast':
            for attribute in node.attribute:
                if attribute.name == 'to' and attribute.i == TensorProto.FLOAT:
                    attribute.i = TensorProto.FLOAT16
        for k, name in enumerate(node.input):
            if name in widened:
                node.input[k] = widened[name]
            elif name in made:
                node.input[k] = name + '/half' if name in floats else name
            elif name in floats and k not in FLOAT_INPUTS.get(node.op_type, ()):
                if name not in narrowed:
                    narrowed[name] = name + '/half'
                    nodes.append(helper.make_node('Cast', [name], [narrowed[name]], name=name + '/narrow',
                                                  to=TensorProto.FLOAT16))
                node.input[k] = narrowed[name]
        nodes.append(node)
        for k, name in enumerate(node.output):
            if name in floats:
                node.output[k] = name + '/half'
                if name in leaving:
                    nodes.append(helper.make_node('Cast', [name + '/half'], [name], name=name + '/widen',
                                                  to=TensorProto.FLOAT))
    del graph.node[:]
    graph.node.extend(nodes)
    del graph.value_info[:]
    used = {name for n in nodes for name in n.input}
    initializers = [t for t in graph.initializer if t.name in used]
    del graph.initializer[:]
    for t in initializers:
        if t.name in stored:
            offset, length = places[t.name]
            assert data[offset:offset + length] == t.raw_data
            pointer = TensorProto(name=t.name, data_type=t.data_type, dims=t.dims,
                                  data_location=TensorProto.EXTERNAL)
            for key, value in (('location', path.name), ('offset', offset), ('length', length)):
                pointer.external_data.add(key=key, value=str(value))
            t = pointer
        graph.initializer.append(t)
    return model


def write(folder):
    """Makes the half network of a model's folder and names it in the manifest."""
    folder = pathlib.Path(folder)
    manifest_file = folder / 'model.json'
    manifest = json.loads(manifest_file.read_text())
    network = folder / manifest['file']
    model = halved(network)
    path = folder / (network.stem + SUFFIX)
    path.write_bytes(model.SerializeToString())
    onnx.checker.check_model(str(path))
    manifest['half'] = {'file': path.name, 'sha256': hashlib.sha256(path.read_bytes()).hexdigest()}
    manifest_file.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + '\n')
    print(f'{path}: {path.stat().st_size} bytes beside the {network.stat().st_size} of {network.name}')
    return network, path


def rounded(path):
    """A half network in which every half-precision value is rounded to float16 and every sum is float32: what a runtime
    without float16 arithmetic can show of one that has it."""
    model = onnx.load(str(path))
    graph = model.graph
    halves = {v.name for v in onnx.shape_inference.infer_shapes(model).graph.value_info
              if v.type.tensor_type.elem_type == TensorProto.FLOAT16}
    halves |= {t.name for t in graph.initializer if t.data_type == TensorProto.FLOAT16}
    nodes = []
    for node in graph.node:
        if node.op_type != 'Cast':
            for k, name in enumerate(node.input):
                if name in halves:
                    nodes.append(helper.make_node('Cast', [name], [f'{name}/wide/{len(nodes)}'], to=TensorProto.FLOAT))
                    node.input[k] = nodes[-1].output[0]
            for k, name in enumerate(node.output):
                if name in halves:
                    node.output[k] = name + '/sum'
        nodes.append(node)
        for name in node.output:
            if name.endswith('/sum'):
                nodes.append(helper.make_node('Cast', [name], [name[:-4]], to=TensorProto.FLOAT16))
    del graph.node[:]
    graph.node.extend(nodes)
    del graph.value_info[:]
    return model


def check(network, half, crops):
    """Compares both networks on the pictures of a folder; says so when it cannot."""
    try:
        import onnxruntime
    except ImportError:
        print('onnxruntime is not installed: not compared (the Java tests compare the shipped files)')
        return
    from PIL import Image
    manifest = json.loads((network.parent / 'model.json').read_text())
    options = onnxruntime.SessionOptions()
    # Optimisers take pairs of casts away, and the rounding with them.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    full = onnxruntime.InferenceSession(str(network), providers=['CPUExecutionProvider'])
    low = onnxruntime.InferenceSession(rounded(half).SerializeToString(), options, providers=['CPUExecutionProvider'])
    multiple = manifest['size']['multiple']
    random = np.random.default_rng(5)
    for p in sorted(pathlib.Path(crops).glob('*.[pj][np]g'))[:5]:
        picture = np.asarray(Image.open(p).convert('RGB'), np.float32).transpose(2, 0, 1)[None] / 255
        height, width = (min(n, 256) // multiple * multiple for n in picture.shape[2:])
        picture = picture[..., :height, :width]
        feed = {}
        for spec in manifest['inputs']:
            low_end, high_end = spec['range']
            unit = {'rgb': lambda: picture,
                    'mask': lambda: (random.random((1, 1, height // 8, width // 8)) > .8).repeat(8, 2).repeat(8, 3),
                    'level': lambda: np.full((1, 1, height, width), .1),
                    'number': lambda: np.full((1, 1, 1, 1), .25)}[spec['kind']]()
            feed[spec['name']] = (low_end + (high_end - low_end) * unit).astype(np.float32)
        apart = max(np.abs(a - b).max() for a, b in zip(full.run(None, feed), low.run(None, feed)))
        print(f'{p.name}, {width} x {height}: largest difference {apart:.2e}, {apart * 255:.2f} steps of 1/255')
        if apart > 1 / 255:
            raise SystemExit('half precision takes too much from this network')


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('folder', help='of the model')
    ap.add_argument('--crops', help='folder of pictures for the check')
    args = ap.parse_args()
    network, half = write(args.folder)
    if args.crops:
        check(network, half, args.crops)


if __name__ == '__main__':
    main()
