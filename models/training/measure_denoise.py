"""Figures of lacuna-denoise on the public sets, in PyTorch. (The card's table comes from the program itself.)

    python3 measure_denoise.py --shared ../../../shared --weights ../lacuna-denoise/model.onnx [--sets CBSD68,classic5,real_noise]
    python3 measure_denoise.py --seams --weights ../lacuna-denoise/model.onnx
    python3 measure_denoise.py --held-out --shared ../../../shared --weights ../lacuna-denoise/model.onnx

White noise: added in float, seed 1000 + index in sorted order, neither clipped nor rounded; the result is rounded to
8 bits; PSNR over RGB. classic5: grey, JPEG through Pillow. real_noise: at Auto, and over fixed levels. --seams: how far a
tile with a halo is from the same part of the whole picture, which needs no pictures but this repository's. --held-out: what
Auto costs on held-out photos, as a table for ESTIMATE.md.
"""

import argparse
import pathlib

import numpy as np
import torch
from PIL import Image

import degrade
import estimate
from data import Photos, load
from denoise import MARGIN, SIZE_MULTIPLE, Denoise, camera, jpeg_level


# Of src/test/resources/pictures, with the level of the white noise and the JPEG quality behind it, 100 for none.
SEAMS = [('wall', 35, 50), ('pebbles', 20, 50), ('fruit', 50, 100)]
SEAM_TILE = 96
SEAM_HALOS = range(48, 121, 16)


def run(net, x, sigma, grain, jpeg):
    """x float H,W,3 in 0..1; sigma a number or a map in 0..1 -> the result in 0..255, rounded."""
    return np.rint(result(net, x, sigma, grain, jpeg).clip(0, 1) * 255)


def result(net, x, sigma, grain, jpeg):
    """As `run`, but in 0..1, neither cut nor rounded."""
    h, w = x.shape[:2]
    ph, pw = -h % SIZE_MULTIPLE, -w % SIZE_MULTIPLE
    s = np.broadcast_to(np.asarray(sigma, np.float32), (h, w))
    t = torch.from_numpy(np.pad(x, ((0, ph), (0, pw), (0, 0)), 'reflect')).permute(2, 0, 1)[None].float()
    m = torch.from_numpy(np.pad(s, ((0, ph), (0, pw)), 'reflect'))[None, None].float()
    with torch.no_grad():
        y = t + net(t, m, torch.full((1, 1, 1, 1), float(grain)), torch.full((1, 1, 1, 1), float(jpeg)))
    return y[0, :, :h, :w].permute(1, 2, 0).numpy()


def psnr(a, b):
    return 10 * np.log10(255 ** 2 / ((a.astype(np.float64) - b) ** 2).mean())


def table(path):
    """The luminance table of a JPEG file, or None."""
    with Image.open(path) as im:
        tables = getattr(im, 'quantization', None)
    return None if not tables else np.array(tables[0])


def show(name, scores):
    print(f'{name:28}', ' '.join(f'{v:6.2f}' for v in scores) if len(scores) < 12 else '', f'mean {np.mean(scores):.3f}',
          flush=True)


def cbsd(net, folder, limit, limit_auto):
    for s in (15, 25, 50):
        known, auto, told = [], [], []
        for i, path in enumerate(sorted(folder.glob('*'))[:limit]):
            clean = load(path)
            noise = np.random.default_rng(1000 + i).standard_normal(clean.shape) * s
            x = ((clean + noise) / 255).astype(np.float32)
            known.append(psnr(run(net, x, s / 255, 0, 0), clean))
            if limit_auto is not None and i >= limit_auto:
                continue
            found = estimate.of(x * 255, None)
            told.append(found.sigma)
            auto.append(psnr(run(net, x, found.sigma / 255, found.grain, found.jpeg), clean))
        show(f'CBSD68 sigma {s}', known)
        if not auto:
            continue
        show(f'CBSD68 sigma {s} Auto, {len(auto)}', auto)
        show('   the same, level known', known[:len(auto)])
        print('   Auto says, quantiles 5 50 95 %:', np.quantile(told, [.05, .5, .95]).round(1))


def classic5(net, folder):
    for q in (10, 20):
        before, after = [], []
        for path in sorted(folder.glob('*.bmp')):
            clean = np.asarray(Image.open(path).convert('L'))
            seen = degrade.jpeg(clean, q)
            y = run(net, np.repeat(seen[..., None], 3, 2) / np.float32(255), 0, 0, jpeg_level(q))
            before.append(psnr(seen, clean))
            after.append(psnr(np.rint(y @ np.array([.299, .587, .114])), clean))
        show(f'classic5 JPEG q{q}', before)
        show(f'classic5 q{q} restored', after)


def real_noise(net, folder, sweep):
    pairs = [(p, load(p), load(str(p).replace('_real', '_mean'))) for p in sorted(folder.glob('*_real.JPG'))]
    show('real_noise as it is', [psnr(n, c) for _, n, c in pairs])
    found = [estimate.of(n, table(p)) for p, n, _ in pairs]
    for f in found:
        print('   Auto says', f)
    for name, strength in (('half', .5), ('Auto', 1), ('double', 2)) if sweep else (('Auto', 1),):
        show('real_noise ' + name, [psnr(run(net, n / np.float32(255), f.sigma * strength / 255, f.grain, f.jpeg), c)
                                    for (_, n, c), f in zip(pairs, found)])
    if sweep:
        for s in (2, 3, 4, 6, 8, 12):
            show(f'real_noise sigma {s}', [psnr(run(net, n / np.float32(255), s / 255, f.grain, f.jpeg), c)
                                           for (_, n, c), f in zip(pairs, found)])


HELD_OUT_SIDE = 256
# Positions of the slider, as factors of Auto's level.
SLIDER = (.5, .75, 1, 1.15, 1.3)
CAMERAS = 4


def held_out(net, data):
    photos = Photos(data, split='held_out', subsets=('clean',), smallest=HELD_OUT_SIDE + 2 * MARGIN)

    def row(name, cases):
        """cases: picture in 0..255, its truth in 0..255, level, grain and jpeg as they are."""
        scores = []
        for seen, clean, level, grain, jpeg in cases:
            found, x = estimate.of(seen, None), (seen / 255).astype(np.float32)
            slider = [psnr(run(net, x, f * found.sigma / 255, found.grain, found.jpeg), clean) for f in SLIDER]
            known = psnr(run(net, x, level / 255, grain, jpeg), clean)
            scores.append((psnr(seen, clean), known, slider[SLIDER.index(1)], max(slider)))
        print('|', name, '|', ' | '.join(f'{v:.2f}' for v in np.mean(scores, 0)), '|', flush=True)

    side = HELD_OUT_SIDE
    print(f'{len(photos)} photos\n| degradation | as it is | all known | Auto | slider |\n|---|---|---|---|---|')
    for s in (5, 15, 25, 50):
        noise = [np.random.default_rng(1000 + i).standard_normal((side, side, 3)) * s for i in range(len(photos))]
        row(f'white noise {s}', [(im[:side, :side] + n, im[:side, :side], s, 0, 0) for im, n in zip(photos.images, noise)])
    for q in (10, 20):
        row(f'JPEG {q}, no tables', [(degrade.jpeg(np.ascontiguousarray(im[:side, :side]), q), im[:side, :side], 0, 0,
                                      jpeg_level(q)) for im in photos.images])
    made, rng, wide = [], np.random.default_rng(9), side + 2 * MARGIN
    for im in photos.images * CAMERAS:
        seen, target, _, grain, jpeg, n = camera(im[:wide, :wide] / np.float32(255), rng)
        made.append((np.rint(seen * 255), target * 255, float(np.sqrt((n ** 2).mean())) * 255, grain, jpeg))
    row(f'camera noise, {CAMERAS} cameras a photo', made)


def seams(net):
    """The greatest difference, in levels of 255, between a tile of the middle with a halo and that part of the whole."""
    pictures = pathlib.Path(__file__).parents[2] / 'src' / 'test' / 'resources' / 'pictures'
    print('halo'.ljust(28), ' '.join(f'{halo:7}' for halo in SEAM_HALOS))
    for name, sigma, quality in SEAMS:
        clean = load(pictures / f'{name}.png')
        noise = np.random.default_rng(1000).standard_normal(clean.shape) * sigma
        seen = clean + noise
        if quality < 100:
            seen = degrade.jpeg(np.rint(seen).clip(0, 255).astype(np.uint8), quality)
        x = (seen / 255).astype(np.float32)
        told = sigma / 255, 0, jpeg_level(quality)
        # Tiles begin where the network's own halving does, in the program as well.
        top, left = ((side - SEAM_TILE) // 2 // SIZE_MULTIPLE * SIZE_MULTIPLE for side in clean.shape[:2])
        whole = result(net, x, *told)[top:top + SEAM_TILE, left:left + SEAM_TILE]
        worst = []
        for halo in SEAM_HALOS:
            near = x[top - halo:top + SEAM_TILE + halo, left - halo:left + SEAM_TILE + halo]
            tile = result(net, near, *told)[halo:halo + SEAM_TILE, halo:halo + SEAM_TILE]
            worst.append(255 * np.abs(tile - whole).max())
        print(f'{name} sigma {sigma} JPEG {quality}'.ljust(28), ' '.join(f'{v:7.4f}' for v in worst), flush=True)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--shared', help='for everything but --seams')
    ap.add_argument('--weights', required=True, help='checkpoint.pt or model.onnx')
    ap.add_argument('--sets', default='CBSD68,classic5,real_noise')
    ap.add_argument('--limit', type=int, help='only the first pictures of CBSD68')
    ap.add_argument('--auto', type=int, help='Auto only on the first pictures of CBSD68')
    ap.add_argument('--sweep', action='store_true', help='real_noise at fixed levels and other strengths, too')
    ap.add_argument('--held-out', action='store_true', help='only what Auto costs on held-out photos')
    ap.add_argument('--seams', action='store_true', help='only what tiles lose at their borders')
    args = ap.parse_args()
    if not args.seams and not args.shared:
        ap.error('--shared or --seams is needed')
    torch.set_num_threads(1)
    net = Denoise().eval()
    if args.weights.endswith('.pt'):
        net.load_state_dict(torch.load(args.weights, map_location='cpu'))
    else:
        from export import load_onnx
        load_onnx(net, args.weights)
    if args.seams:
        seams(net)
        return
    if args.held_out:
        held_out(net, pathlib.Path(args.shared) / 'data')
        return
    bench = pathlib.Path(args.shared) / 'data' / 'bench'
    if 'classic5' in args.sets:
        classic5(net, bench / 'classic5')
    if 'real_noise' in args.sets:
        real_noise(net, bench / 'real_noise', args.sweep)
    if 'CBSD68' in args.sets:
        cbsd(net, bench / 'CBSD68', args.limit, args.auto)


if __name__ == '__main__':
    main()
