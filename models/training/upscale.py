"""Trains lacuna-upscale: twice and four times the size, one body and a head for each factor.

    python3 upscale.py --data ../../../shared/data --minutes 120 --out /tmp/upscale [--init ../lacuna-upscale-faithful]
    python3 upscale.py --data ../../../shared/data --minutes 120 --out /tmp/crisp --init ../lacuna-upscale-faithful \
        --teacher ../../../shared/models/realesr-general-x4v3 --perceptual ../../../shared/train/perceptual

faithful: the small picture is a bicubic reduction as Pillow makes it (the protocol of the public sets), the loss L1, at the
end its square's root; nothing is invented.
crisp (with --teacher): the small picture is one as real files are (degrade.history). The loss is the distance to what the
teacher makes of it (four times as large; reduced by area for two times) and to the truth in equal parts, both sharpened; the
perceptual distance to the truth over fire3, fire5, fire6; and how far the strength of detail, band by band and place by
place, is from the truth's, since the others alone paint everything over that cannot be known. What repeats with the small
pixels is punished.
Progress is measured on held-out photos, never on a benchmark.
"""

import argparse
import random

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from PIL import Image

import degrade
import loop
from data import Photos
from layers import ResidualBlock
from perceptual import JUDGED, Features

FACTORS = (2, 4)
CHANNELS, BLOCKS = 64, 10
# Pixels of the small picture around a tile that the program computes and drops: all that the network sees.
HALO = 2 * BLOCKS + 4
# Pixels of the small picture around a training crop, so that the reduction knows what lies beyond.
MARGIN = 6


class Head(nn.Module):
    """Features of the small picture -> what interpolation misses at `factor` times its size."""

    def __init__(self, factor):
        super().__init__()
        self.factor = factor
        self.tail = nn.Conv2d(CHANNELS, 3 * factor ** 2, 3, padding=1)
        self.tail.weight.data.mul_(.1)
        self.tail.bias.data.zero_()

    def forward(self, image, features):
        larger = F.interpolate(image, scale_factor=self.factor, mode='bilinear', align_corners=False)
        return larger + F.pixel_shuffle(self.tail(features), self.factor)


class Upscale(nn.Module):
    """image N,3,H,W in 0..1 -> N,3,factor*H,factor*W, not clipped; any H and W.

    Plain residual blocks at the size of the small picture, no normalisation (EDSR, Lim et al. 2017).
    """

    def __init__(self, factors=FACTORS):
        super().__init__()
        self.head = nn.Conv2d(3, CHANNELS, 3, padding=1)
        self.body = nn.Sequential(*[ResidualBlock(CHANNELS, slope=.1) for _ in range(BLOCKS)])
        self.heads = nn.ModuleDict({f'x{f}': Head(f) for f in factors})

    def forward(self, image, factor=None):
        """factor: one of the network's; not needed where it has only one."""
        x = image.contiguous(memory_format=torch.channels_last) if image.is_cuda or self.training else image
        a = self.head(x)
        return self.heads[f'x{factor}' if factor else next(iter(self.heads))](image, self.body(a) + a)


def reduced(large, factor):
    """uint8 H,W,3 -> H/factor,W/factor,3: Pillow's bicubic, antialiased."""
    h, w = large.shape[:2]
    return np.asarray(Image.fromarray(large).resize((w // factor, h // factor), Image.BICUBIC))


def pair(photos, side, factor, choices):
    """A crop `side` pixels wide reduced by `factor`, and itself `factor` times as wide."""
    large = photos.crop((side + 2 * MARGIN) * factor, choices)
    large = np.ascontiguousarray(np.rot90(large, choices.randrange(4)))
    small = reduced(large, factor)[MARGIN:-MARGIN, MARGIN:-MARGIN]
    return small, large[MARGIN * factor:-MARGIN * factor, MARGIN * factor:-MARGIN * factor]


# The shares of noisy small pictures that crisp learns from (the noise is to go, not to become texture), and of grey ones.
GRAIN = .3
GREY = .1


def real_pair(photos, side, factor, choices, rng):
    """As `pair`, the small one after a history as real files have it, now and then in grey."""
    large = photos.crop(side * factor, choices)
    if choices.random() < GREY:
        large = np.repeat(np.rint(large @ np.array([.299, .587, .114])).astype(np.uint8)[..., None], 3, 2)
    large = np.ascontiguousarray(np.rot90(large, choices.randrange(4)))
    small = degrade.history(large / np.float32(255), factor, degrade.draw_history(rng, GRAIN), rng)
    return degrade.to_bytes(small), large


class Teacher(nn.Module):
    """A network of 3x3 convolutions with PReLUs between them, added to the picture's nearest neighbours: the "compact"
    form of Real-ESRGAN (Wang et al. 2021), read from its ONNX file."""

    def __init__(self, folder):
        super().__init__()
        from export import weights_of
        self.values = list(weights_of(f'{folder}/model.onnx').items())
        for name, v in self.values:
            self.register_buffer(name.replace('.', '_'), v)
        self.convolutions = [n[:-7] for n, _ in self.values if n.startswith('Conv') and n.endswith('.weight')]
        self.slopes = [n for n, _ in self.values if n.endswith('.slope')]

    @torch.no_grad()
    def forward(self, image, factor):
        """-> N,3,factor*H,factor*W, in 0..1."""
        y = image.contiguous(memory_format=torch.channels_last)
        for i, c in enumerate(self.convolutions):
            y = F.conv2d(y, getattr(self, c + '_weight'), getattr(self, c + '_bias'), padding=1)
            if i < len(self.slopes):
                y = F.prelu(y, getattr(self, self.slopes[i].replace('.', '_')).flatten().to(y.dtype))
        y = (F.pixel_shuffle(y, 4).float() + F.interpolate(image, scale_factor=4, mode='nearest')).clamp(0, 1)
        return y if factor == 4 else F.avg_pool2d(y, 4 // factor)


# Deviation in pixels of the blur that sharpening takes away.
SHARPENED = .8


def sharpened(x, amount):
    """An unsharp mask. What is learned from sharpened pictures is crisp at its edges without inventing texture, which the
    strength of detail, wanted alone, would have a network do (Wang et al. 2021 sharpen their truth, too)."""
    at = torch.arange(-2, 3, device=x.device, dtype=x.dtype)
    k = torch.exp(-.5 * (at / SHARPENED) ** 2)
    k = (k / k.sum()).expand(3, 1, 1, 5)
    blurred = F.conv2d(F.pad(x, (2, 2, 2, 2), 'reflect'), k, groups=3)
    blurred = F.conv2d(blurred, k.transpose(2, 3), groups=3)
    return (x + amount * (x - blurred)).clamp(0, 1)


def luminance(x):
    return (x * x.new_tensor([.299, .587, .114]).view(1, 3, 1, 1)).sum(1, keepdim=True)


def laplacian(x):
    """Of every channel; x N,C,H,W."""
    kernel = x.new_tensor([[0., 1, 0], [1, -4, 1], [0, 1, 0]]).expand(x.shape[1], 1, 3, 3)
    return F.conv2d(x, kernel, groups=x.shape[1])


def energy(x):
    """Of the Laplacian of the luma, picture by picture."""
    return laplacian(luminance(x)).pow(2).mean((1, 2, 3))


# Pixels of the large picture over which the strength of detail is taken; half of them overlap.
PLACE = 8
# Side of the cosine transform that parts detail by direction and width.
BANDS = 4
# What counts as nothing beside it: the power of noise of two or three levels. Fainter detail that cannot be known is better
# left away: in plain places it shows.
FAINT = 1e-4


def cosines(side):
    """The orthonormal two-dimensional DCT-II without its mean: side² - 1, 1, side, side."""
    at = np.arange(side)
    rows = np.sqrt(np.where(at == 0, 1, 2) / side)[:, None] * np.cos(np.pi * (at + .5) * at[:, None] / side)
    return torch.tensor(np.einsum('ai,bj->abij', rows, rows).reshape(-1, 1, side, side)[1:], dtype=torch.float32)


def detail(x):
    """The logarithm of the strength of detail around every place, of luma and of the colours beside it, by direction and width.
    (Of all together, a network that wants more takes the finest: pixels of the small picture that show through as a halftone.
    Of luma alone, it puts coloured dots along edges.)"""
    y = luminance(x)
    planes = torch.cat([y, x[:, :1] - y, x[:, 2:] - y]).contiguous()
    bands = cosines(BANDS).to(x)
    return [(F.avg_pool2d(F.conv2d(p, bands) ** 2, PLACE, PLACE // 2) + FAINT).log() / 2
            for p in (planes, F.avg_pool2d(planes, 2))]


# How often a pattern has to repeat, along either side, to count as one.
REPEATS = 6


def lattice(x, period):
    """What repeats every `period` pixels, place by place: the mean of every channel's finest detail at every one of the places
    in a period. In pictures it is next to nothing; a network that is to give detail and knows none finds it easiest to give a
    lattice."""
    fine = laplacian(F.pad(x, (1, 1, 1, 1), 'reflect'))
    return F.avg_pool2d(F.pixel_unshuffle(fine, period), REPEATS, REPEATS // 2)


def lattice_distance(a, b, factor):
    """Over patterns that repeat with every pixel of the small picture, and with every second one."""
    return sum((lattice(a, p) - lattice(b, p)).abs().mean() for p in (factor, 2 * factor)) / 2


def detail_distance(a, b):
    # As much for luma as if it were alone.
    return 3 * sum((p - q).abs().mean() for p, q in zip(detail(a), detail(b)))


def real_cases(photos, side=192):
    """Held-out pairs at four times the size with fixed histories, others than those of crisp40.csv."""
    rng, made = np.random.default_rng(11), []
    for im in photos.images:
        y, x = (im.shape[0] - side) // 2, (im.shape[1] - side) // 2
        large = np.ascontiguousarray(im[y:y + side, x:x + side])
        small = degrade.history(large / np.float32(255), 4, degrade.draw_history(rng), rng)
        made.append((degrade.to_bytes(small), large))
    return made


def evaluate_real(enlarge, cases, features):
    """Perceptual distance over layers that nothing is trained with; against the truth's, the Laplacian's energy and what
    repeats with every small pixel and with every second one."""
    far, share, repeated = [], [], []
    with torch.no_grad():
        for small, large in cases:
            y, t = enlarge(tensor([small])).clamp(0, 1), tensor([large])
            far.append(float(features(y, t)))
            share.append(float(energy(y) / energy(t)))
            repeated.append([float(lattice(y, p).abs().mean() / lattice(t, p).abs().mean()) for p in (4, 8)])
    return {'distance': round(float(np.mean(far)), 4), 'energy': round(float(np.mean(share)), 3),
            'lattice': np.mean(repeated, 0).round(3).tolist()}


def tensor(pictures):
    return torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).float() / 255


def luma(x):
    """BT.601 luma, 16..235, of RGB in 0..255, as the published tables have it."""
    return x @ np.array([65.481, 128.553, 24.966]) / 255 + 16


def y_psnr(a, b, border):
    d = luma(a.astype(np.float64)) - luma(b.astype(np.float64))
    d = d[border:-border, border:-border]
    return 10 * np.log10(255 ** 2 / (d ** 2).mean())


def enlarged(net, small, factor):
    """uint8 picture -> uint8 picture."""
    with torch.no_grad():
        y = net(tensor([small]), factor)
    return np.rint(y[0].permute(1, 2, 0).clamp(0, 1).numpy() * 255).astype(np.uint8)


def evaluate(net, cases):
    """Mean Y-PSNR of every factor."""
    net.eval()
    result = {f'x{f}': round(float(np.mean([y_psnr(enlarged(net, s, f), t, f) for s, t in made])), 3)
              for f, made in cases.items()}
    net.train()
    return result


def held_out_cases(photos, side=256):
    cases = {}
    for f in FACTORS:
        cases[f] = []
        for im in photos.images:
            y, x = (im.shape[0] - side) // 2, (im.shape[1] - side) // 2
            large = np.ascontiguousarray(im[y:y + side, x:x + side])
            cases[f].append((reduced(large, f), large))
    return cases


def start_from(net, init):
    """From a checkpoint, or from the exported models INIT-x2 and INIT-x4."""
    if init.endswith('.pt'):
        loop.start_from(net, init)
        return
    from export import as_trained, weights_of
    state = net.state_dict()
    for f in FACTORS:
        for name, have in weights_of(f'{init}-x{f}/model.onnx').items():
            if name in state:
                state[name] = as_trained(have, state[name].shape)
    net.load_state_dict(state)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    loop.arguments(ap)
    ap.add_argument('--teacher', help='folder of the teacher; trains crisp')
    ap.add_argument('--perceptual', help='folder with squeezenet11_caffe.npz, for crisp')
    ap.add_argument('--weight', type=float, default=.03, help='of the perceptual distance')
    ap.add_argument('--detail', type=float, default=.02, help='weight of the strength of detail')
    ap.add_argument('--sharpen', type=float, default=1.2, help='how much what crisp learns from is sharpened')
    ap.add_argument('--lattice', type=float, default=5., help='weight of patterns that repeat with the small pixels')
    args = ap.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    choices, rng = random.Random(args.seed), np.random.default_rng(args.seed)
    photos = Photos(args.data, subsets=('clean',))
    photos.reduce(Photos(args.data, subsets=('p512',)))
    net = Upscale().to(args.device)
    if args.init:
        start_from(net, args.init)
    turn = [0]

    def fresh(progress, make):
        """A batch: factor, small, large."""
        turn[0] += 1
        factor = FACTORS[turn[0] % 2]
        side, count = (32, 16) if progress < .7 else (48, 8)
        made = [make(side, factor) for _ in range(count)]
        return factor, *(tensor([m[i] for m in made]).to(args.device) for i in (0, 1))

    def faithful(net, progress):
        factor, small, large = fresh(progress, lambda side, factor: pair(photos, side, factor, choices))
        with torch.autocast(args.device, dtype=torch.bfloat16):
            y = net(small, factor)
        error = y.float() - large
        return error.abs().mean() if progress < .8 else ((error ** 2).mean((1, 2, 3)) + 1e-6).sqrt().mean()

    if not args.teacher:
        cases = held_out_cases(Photos(args.data, split='held_out', subsets=('clean',), smallest=256))
        bicubic = {f'x{f}': round(float(np.mean([
            y_psnr(np.asarray(Image.fromarray(s).resize(t.shape[1::-1], Image.BICUBIC)), t, f) for s, t in made])), 3)
            for f, made in cases.items()}
        print(len(photos), 'photos,', len(cases[4]), 'held out for validation; bicubic', bicubic, flush=True)
        loop.fit(net, args, faithful, lambda net: evaluate(net, cases), ends=('head', 'heads'))
        return

    teacher = Teacher(args.teacher).to(args.device)
    trained, judged = Features(args.perceptual).to(args.device), Features(args.perceptual, JUDGED)
    cases = real_cases(Photos(args.data, split='held_out', smallest=192, limit=48))

    def crisp(net, progress):
        factor, small, large = fresh(progress, lambda side, factor: real_pair(photos, side, factor, choices, rng))
        with torch.autocast(args.device, dtype=torch.bfloat16):
            y = net(small, factor).float()
            shown = teacher(small, factor)
            far = trained(y, large)
        shown, crisper = (sharpened(x, args.sharpen) for x in (shown, large))
        return .5 * ((y - shown).abs().mean() + (y - crisper).abs().mean()) + args.weight * far \
            + args.detail * detail_distance(y, crisper) + args.lattice * lattice_distance(y, crisper, factor)

    print(len(photos), 'photos,', len(cases), 'held out for validation; the teacher',
          evaluate_real(lambda x: teacher(x, 4), cases, judged), 'bicubic',
          evaluate_real(lambda x: F.interpolate(x, scale_factor=4, mode='bicubic', align_corners=False), cases, judged),
          flush=True)
    loop.fit(net, args, crisp, lambda net: evaluate_real(lambda x: net(x, 4), cases, judged), ends=('head', 'heads'))


if __name__ == '__main__':
    main()
