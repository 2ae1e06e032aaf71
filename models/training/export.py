"""Writes a trained network as a model folder: model.onnx and its manifest model.json.

    python3 export.py inpaint --checkpoint /tmp/inpaint/checkpoint.pt --out ../lacuna-inpaint [--crops ../../../shared/data/bench/Set5]

Weights are stored as float16 initializers that a Cast widens, so that inputs, outputs and the arithmetic are float32 and
the file is half the size. Height and width are dynamic. Pixel unshuffles are written as the strided convolutions that
they are together with the convolution behind them, which is the same function and runs faster. Initializers keep the
names of the state dictionary, so `load_onnx` can read the weights back and training can go on from an exported model.
`half.py` then writes the graph in half precision beside it. With the Python package `onnxruntime` present the file is
checked against PyTorch on real crops (--crops).
"""

import argparse
import functools
import hashlib
import json
import pathlib
import subprocess
import tempfile

import numpy as np
import onnx
import torch
import torch.nn as nn
from onnx import TensorProto, helper, numpy_helper

from half import write as write_half

OPSET = 17


def strided(weight):
    """The weight of a stride-2 convolution that equals PixelUnshuffle(2) followed by a convolution with `weight`."""
    o, i, h, w = weight.shape
    return weight.reshape(o, i // 4, 2, 2, h, w).permute(0, 1, 4, 2, 5, 3).reshape(o, i // 4, 2 * h, 2 * w).contiguous()


def unstrided(weight):
    """The inverse of `strided`."""
    o, i, h, w = weight.shape
    return weight.reshape(o, i, h // 2, 2, w // 2, 2).permute(0, 1, 3, 5, 2, 4).reshape(o, i * 4, h // 2, w // 2).contiguous()


def as_trained(have, shape):
    """A stored weight in the shape that it was trained in: without strides, without planes of zeros behind the others."""
    return (have if have.shape[2:] == shape[2:] else unstrided(have))[:, :shape[1]] if len(shape) == 4 else have


def strided_convolution(c):
    s = nn.Conv2d(c.in_channels // 4, c.out_channels, 2 * c.kernel_size[0], stride=2, padding=2 * c.padding[0])
    s.weight.data = strided(c.weight.data)
    s.bias.data = c.bias.data
    return s


def stride(net, *downs):
    """Writes the pixel unshuffles of a U-Net into the convolutions behind them."""
    net.unshuffle = nn.Identity()
    net.head = strided_convolution(net.head)
    for d in downs:
        d[0], d[1] = nn.Identity(), strided_convolution(d[1])


def fitted(image, multiple):
    """The first rows and columns, so many that both are multiples."""
    return image[..., :image.shape[2] // multiple * multiple, :image.shape[3] // multiple * multiple]


def weights_of(path):
    """Initializers of an exported model by name, as float32 tensors."""
    return {t.name: torch.from_numpy(numpy_helper.to_array(t).astype(np.float32).copy())
            for t in onnx.load(str(path)).graph.initializer}


def load_onnx(net, path):
    """Reads the weights of an exported model back into `net` (to go on training from it)."""
    stored = weights_of(path)
    state = {}
    for name, want in net.state_dict().items():
        if name not in stored:
            raise KeyError(f'{path} holds no weights named {name}')
        have = stored[name]
        state[name] = as_trained(have, want.shape)
    net.load_state_dict(state)


def inpaint():
    from inpaint import ID, SIZE_MULTIPLE, Inpaint

    def prepare(net):
        stride(net, net.d1, net.d2, net.d3)

    def example():
        g = torch.Generator().manual_seed(1)
        mask = (torch.rand(1, 1, 128, 192, generator=g) > .9).float()
        return torch.rand(1, 3, 128, 192, generator=g) * (1 - mask), mask

    manifest = {
        'id': ID, 'task': 'inpaint', 'name': 'Lacuna Inpaint', 'version': '1', 'licence': 'Apache-2.0',
        'source': 'models/training/inpaint.py',
        'file': 'model.onnx',
        'inputs': [
            {'name': 'image', 'kind': 'rgb', 'range': [0, 1]},
            {'name': 'mask', 'kind': 'mask', 'range': [0, 1]},
        ],
        'outputs': [{'name': 'result', 'kind': 'rgb', 'range': [0, 1]}],
        'size': {'multiple': SIZE_MULTIPLE, 'minimum': 2 * SIZE_MULTIPLE},
        'tile': 512, 'halo': 64, 'scale': 1,
    }

    def case(image, inputs):
        image = fitted(image, SIZE_MULTIPLE)
        mask = torch.nn.functional.interpolate(inputs[1], image.shape[2:])
        return image * (1 - mask), mask

    return Inpaint(), prepare, example, case, manifest


def pad_planes(net):
    """ONNX Runtime's WebGPU gets a first convolution of six planes wrong (1.29; issue 29651 there is alike): it takes four
    at a time. Some more, of zeros, make it right."""
    net.spare = -net.head.in_channels % 4
    weight = net.head.weight.data
    net.head.weight.data = torch.cat([weight, weight.new_zeros(weight.shape[0], net.spare, *weight.shape[2:])], 1)
    net.head.in_channels += net.spare


def denoise():
    from denoise import HALO, ID, SIZE_MULTIPLE, Denoise

    def prepare(net):
        stride(net, net.d1, net.d2)
        pad_planes(net)

    def example():
        g = torch.Generator().manual_seed(1)
        return (torch.rand(1, 3, 128, 192, generator=g), torch.full((1, 1, 128, 192), .1), torch.full((1, 1, 1, 1), .3),
                torch.full((1, 1, 1, 1), .25))

    def case(image, inputs):
        image = fitted(image, SIZE_MULTIPLE)
        return image, torch.full_like(image[:, :1], .05), *inputs[2:]

    manifest = {
        'id': ID, 'task': 'denoise', 'name': 'Lacuna Denoise', 'version': '1', 'licence': 'Apache-2.0',
        'source': 'models/training/denoise.py',
        'file': 'model.onnx',
        'inputs': [
            {'name': 'image', 'kind': 'rgb', 'range': [0, 1]},
            {'name': 'sigma', 'kind': 'level', 'range': [0, 1]},
            {'name': 'grain', 'kind': 'number', 'range': [0, 1]},
            {'name': 'jpeg', 'kind': 'number', 'range': [0, 1]},
        ],
        'outputs': [{'name': 'difference', 'kind': 'difference', 'range': [-1, 1]}],
        'size': {'multiple': SIZE_MULTIPLE, 'minimum': 2 * SIZE_MULTIPLE},
        'tile': 896, 'halo': HALO, 'scale': 1,
    }
    return Denoise(), prepare, example, case, manifest


def deblur():
    from deblur import HALO, ID, SIZE_MULTIPLE, Deblur
    from waves import ConvolutionWaves, TiledGains

    def prepare(net):
        stride(net, net.d1, net.d2)
        net.filtered.waves = ConvolutionWaves()
        net.filtered.gains = TiledGains(net.filtered.gains)

    def example():
        return (torch.rand(1, 3, 128, 192, generator=torch.Generator().manual_seed(1)), torch.ones(1, 1, 1, 1),
                torch.zeros(1, 1, 1, 1))

    def case(image, inputs):
        return fitted(image, SIZE_MULTIPLE), *inputs[1:]

    manifest = {
        'id': ID, 'task': 'deblur', 'name': 'Lacuna Deblur', 'version': '1', 'licence': 'Apache-2.0',
        'source': 'models/training/deblur.py',
        'file': 'model.onnx',
        'inputs': [
            {'name': 'image', 'kind': 'rgb', 'range': [0, 1]},
            {'name': 'motion', 'kind': 'number', 'range': [0, 1]},
            {'name': 'defocus', 'kind': 'number', 'range': [0, 1]},
        ],
        'outputs': [{'name': 'difference', 'kind': 'difference', 'range': [-1, 1]}],
        'size': {'multiple': SIZE_MULTIPLE, 'minimum': 2 * SIZE_MULTIPLE},
        'tile': 896, 'halo': HALO, 'scale': 1,
    }
    return Deblur(), prepare, example, case, manifest


def colorize():
    from colorize import ID, SIDE, SIZE_MULTIPLE, Colorize

    def prepare(net):
        stride(net, net.d1, net.d2, net.d3)

    def example():
        g = torch.Generator().manual_seed(1)
        hinted = (torch.rand(1, 1, 128, 192, generator=g) > .99).float()
        return (torch.rand(1, 1, 128, 192, generator=g), (torch.rand(1, 2, 128, 192, generator=g) - .5) * hinted, hinted)

    def case(image, inputs):
        image = fitted(image, SIZE_MULTIPLE)
        return image.mean(1, keepdim=True), torch.zeros_like(image[:, :2]), torch.zeros_like(image[:, :1])

    manifest = {
        'id': ID, 'task': 'colorize', 'name': 'Lacuna Colorize', 'version': '1', 'licence': 'Apache-2.0',
        'source': 'models/training/colorize.py',
        'file': 'model.onnx',
        'inputs': [
            {'name': 'lightness', 'kind': 'lightness', 'range': [0, 1]},
            {'name': 'hints', 'kind': 'chroma', 'range': [-1, 1]},
            {'name': 'hinted', 'kind': 'mask', 'range': [0, 1]},
        ],
        'outputs': [{'name': 'chroma', 'kind': 'chroma', 'range': [-1, 1]}],
        'size': {'multiple': SIZE_MULTIPLE, 'minimum': SIZE_MULTIPLE},
        'tile': SIDE, 'halo': 0, 'scale': 1,
    }
    return Colorize(), prepare, example, case, manifest


def upscale(factor, character):
    from upscale import HALO, Upscale

    manifest = {
        'id': f'lacuna-upscale-{character}-x{factor}', 'task': 'upscale',
        'name': f'Lacuna {character.title()} {factor}×', 'version': '1', 'licence': 'Apache-2.0',
        'source': 'models/training/upscale.py',
        'file': 'model.onnx',
        'inputs': [{'name': 'image', 'kind': 'rgb', 'range': [0, 1]}],
        'outputs': [{'name': 'upscaled', 'kind': 'rgb', 'range': [0, 1]}],
        'size': {'multiple': 1, 'minimum': 2 * HALO},
        'tile': 256, 'halo': HALO, 'scale': factor, 'character': character,
    }

    def example():
        return (torch.rand(1, 3, 96, 128, generator=torch.Generator().manual_seed(1)),)

    return Upscale((factor,)), lambda net: None, example, lambda image, inputs: (image,), manifest


FAMILIES = {'colorize': colorize, 'deblur': deblur, 'denoise': denoise, 'inpaint': inpaint,
            **{f'upscale-{c}-x{f}': functools.partial(upscale, f, c) for f in (2, 4) for c in ('faithful', 'crisp')}}


def with_half_weights(model):
    """Stores every floating-point weight as float16 and widens it with a Cast (folded when the model is loaded)."""
    casts = []
    renamed = {}
    for t in model.graph.initializer:
        if t.data_type == TensorProto.FLOAT and '.' in t.name and not t.name.startswith('onnx::'):
            half = numpy_helper.from_array(numpy_helper.to_array(t).astype(np.float16), t.name)
            t.CopyFrom(half)
            renamed[t.name] = t.name + '/float'
            casts.append(helper.make_node('Cast', [t.name], [renamed[t.name]], name=t.name + '/widen', to=TensorProto.FLOAT))
    for node in model.graph.node:
        for i, name in enumerate(node.input):
            node.input[i] = renamed.get(name, name)
    nodes = casts + list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend(nodes)


def commit():
    here = pathlib.Path(__file__).parent
    return subprocess.run(['git', 'rev-parse', 'HEAD'], cwd=here, capture_output=True, text=True).stdout.strip()


def mean_of(checkpoints):
    """The mean of the weights of one training at several times; a file named twice counts twice."""
    states = [torch.load(c, map_location='cpu') for c in checkpoints]
    return {k: sum(s[k] for s in states) / len(states) for k in states[0]}


def export(family, checkpoints, out):
    """Writes `out`/model.onnx and `out`/model.json; returns the network (with rounded weights), an example
    input, and what makes an input of a picture."""
    net, prepare, example, case, manifest = FAMILIES[family]()
    trained, wanted = mean_of(checkpoints), net.state_dict()
    # A network of several heads is written as a model each.
    net.load_state_dict({k: v for k, v in trained.items() if k in wanted})
    for p in net.parameters():
        p.data = p.data.half().float()
    net.eval()
    reference = {k: v.clone() for k, v in net.state_dict().items()}
    inputs = example()
    with torch.no_grad():
        before = net(*inputs)
        prepare(net)
        after = net(*inputs)
    if (before - after).abs().max() > 1e-4:
        raise SystemExit('the graph that is written differs from the network that was trained')
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    names = [i['name'] for i in manifest['inputs']], [o['name'] for o in manifest['outputs']]
    axes = {i['name']: {0: 'batch', 2: 'height', 3: 'width'} for i in manifest['inputs'] + manifest['outputs']
            if i['kind'] != 'number'}
    if manifest['scale'] != 1:
        # Its sides are others than the input's of the same name.
        axes.update({o['name']: {0: 'batch', 2: 'out_height', 3: 'out_width'} for o in manifest['outputs']})
    axes.update({i['name']: {0: 'batch'} for i in manifest['inputs'] if i['kind'] == 'number'})
    with tempfile.TemporaryDirectory() as folder:
        plain = pathlib.Path(folder) / 'plain.onnx'
        torch.onnx.export(net, inputs, str(plain), opset_version=OPSET, input_names=names[0], output_names=names[1],
                          dynamic_axes=axes, do_constant_folding=False)
        model = onnx.load(str(plain))
    with_half_weights(model)
    for key, value in {'name': manifest['name'], 'version': manifest['version'], 'licence': manifest['licence'],
                       'training_commit': commit()}.items():
        model.metadata_props.add(key=key, value=value)
    onnx.checker.check_model(model)
    path = out / manifest['file']
    onnx.save(model, str(path))
    back = weights_of(path)
    if any(not torch.equal(as_trained(back[k], v.shape), v) for k, v in reference.items()):
        raise SystemExit('the written weights do not read back')
    manifest['opset'] = model.opset_import[0].version
    manifest['sha256'] = hashlib.sha256(path.read_bytes()).hexdigest()
    (out / 'model.json').write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + '\n')
    write_half(out)
    return net, inputs, case


def check(net, inputs, case, path, crops):
    """Compares the file in ONNX Runtime with PyTorch, on the example and on real crops; says so when it cannot."""
    try:
        import onnxruntime
    except ImportError:
        print('onnxruntime is not installed: not compared (the Java tests compare the shipped model)')
        return
    session = onnxruntime.InferenceSession(str(path), providers=['CPUExecutionProvider'])
    cases = [inputs]
    if crops:
        from data import load
        for p in sorted(pathlib.Path(crops).glob('*.[pj][np]g'))[:4]:
            im = torch.from_numpy(load(p).copy()).permute(2, 0, 1)[None].float() / 255
            cases.append(case(im, inputs))
    for given in cases:
        with torch.no_grad():
            want = net(*given)
        feed = {i.name: c.numpy() for i, c in zip(session.get_inputs(), given)}
        have = torch.from_numpy(session.run(None, feed)[0])
        worst = (want - have).abs().max().item()
        print(f'{tuple(given[0].shape)}: largest difference between PyTorch and ONNX Runtime {worst:.2e}')
        if worst > 1e-3:
            raise SystemExit('the exported model differs from the network')


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('family', choices=sorted(FAMILIES))
    ap.add_argument('--checkpoint', required=True, nargs='+', help='of several, the mean is written')
    ap.add_argument('--out', required=True)
    ap.add_argument('--crops', help='folder of pictures for the check')
    args = ap.parse_args()
    net, inputs, case = export(args.family, args.checkpoint, args.out)
    check(net, inputs, case, pathlib.Path(args.out) / 'model.onnx', args.crops)


if __name__ == '__main__':
    main()
