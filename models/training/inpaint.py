"""Trains lacuna-inpaint: a push-pull pre-fill inside the graph and a network that predicts the residual in the hole.

    python3 inpaint.py --data ../../../shared/data --perceptual ../../../shared/train/perceptual \
        --minutes 60 --out /tmp/inpaint [--init ../lacuna-inpaint] [--device cpu] [--threads 1]

Masks follow Liu et al. 2018 (free-form strokes), Suvorov et al. 2022 (wide polygonal strokes and boxes) and add text,
which is what watermarks are made of. Loss: L1 in the hole, and SqueezeNet features fire3, fire5, fire6
(Zhang et al. 2018, uniform heads). Progress is measured on held-out photos with fixed masks, never on a benchmark.
"""

import argparse
import copy
import glob
import pathlib
import random
import sys
import time

import cv2
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from PIL import Image, ImageDraw, ImageFont

from data import Photos
from layers import ResidualBlock, closed, down, push_pull, revive, up
from perceptual import Features

ID = 'lacuna-inpaint'
SIZE_MULTIPLE = 64


class Inpaint(nn.Module):
    """image N,3,H,W in 0..1 (hole content ignored), mask N,1,H,W with 1 = hole -> N,3,H,W; H, W multiples of 64.

    Outside the hole the output equals the input exactly.
    """

    def __init__(self):
        super().__init__()
        self.unshuffle = nn.PixelUnshuffle(2)
        self.head = nn.Conv2d(16, 64, 3, padding=1)
        self.e1 = ResidualBlock(64)
        self.d1 = down(64, 64)
        self.e2 = nn.Sequential(ResidualBlock(64), ResidualBlock(64))
        self.d2 = down(64, 128)
        self.e3 = nn.Sequential(ResidualBlock(128), ResidualBlock(128))
        self.d3 = down(128, 128)
        self.mid = nn.Sequential(*[ResidualBlock(128, d) for d in (1, 2, 4, 8, 1, 2, 4, 1)])
        self.u3 = up(128, 128)
        self.c3 = nn.Sequential(ResidualBlock(128), ResidualBlock(128))
        self.u2 = up(128, 64)
        self.c2 = nn.Sequential(ResidualBlock(64), ResidualBlock(64))
        self.u1 = up(64, 64)
        self.c1 = ResidualBlock(64)
        self.tail = nn.Conv2d(64, 12, 3, padding=1)
        self.tail.weight.data.mul_(0.1)
        self.tail.bias.data.zero_()

    def residual(self, x):
        a = self.e1(self.head(self.unshuffle(x)))
        b = self.e2(self.d1(a))
        c = self.e3(self.d2(b))
        y = self.c3(self.u3(self.mid(self.d3(c))) + c)
        y = self.c2(self.u2(y) + b)
        y = self.c1(self.u1(y) + a)
        return F.pixel_shuffle(self.tail(y), 2)

    def forward(self, image, mask):
        filled = push_pull(image, mask)
        x = torch.cat([filled, mask], 1)
        if x.is_cuda or self.training:
            x = x.contiguous(memory_format=torch.channels_last)
        return image * (1 - mask) + (filled + self.residual(x).float()) * mask


def fonts():
    found = sorted(glob.glob('/usr/share/fonts/**/*.ttf', recursive=True))
    if not found:
        sys.exit('No TrueType fonts under /usr/share/fonts; install fonts-dejavu, fonts-liberation and fonts-freefont-ttf.')
    return found


ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789@.©-/& '


def hole(size, faces, rng=random):
    """A hole mask, uint8 0/1, size x size: text 50 %, strokes 35 %, boxes and ellipses 15 %."""
    kind = rng.random()
    a = np.zeros((size, size), np.uint8)
    if kind < .5:
        for _ in range(rng.randrange(1, 4)):
            text = ''.join(rng.choice(ALPHABET) for _ in range(rng.randrange(3, 14)))
            face = ImageFont.truetype(rng.choice(faces), rng.randrange(12, max(13, size // 3)))
            layer = Image.new('L', (size, size), 0)
            ImageDraw.Draw(layer).text((rng.randrange(-size // 4, size // 2), rng.randrange(-8, size - 8)), text,
                                       fill=255, font=face)
            if rng.random() < .6:
                layer = layer.rotate(rng.uniform(-45, 45))
            a |= (np.asarray(layer) > 20).astype(np.uint8)
        grow = rng.randrange(0, 6)
        if grow:
            a = cv2.dilate(a, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * grow + 1, 2 * grow + 1)))
    elif kind < .85:
        for _ in range(rng.randrange(1, 4)):
            x, y = rng.randrange(size), rng.randrange(size)
            width = rng.randrange(3, max(4, size // 6))
            for _ in range(rng.randrange(1, 6)):
                nx, ny = x + rng.randrange(-size // 2, size // 2), y + rng.randrange(-size // 2, size // 2)
                cv2.line(a, (x, y), (nx, ny), 1, width)
                cv2.circle(a, (nx, ny), width // 2, 1, -1)
                x, y = nx, ny
            if a.mean() > .3:
                break
    else:
        for _ in range(rng.randrange(1, 3)):
            w, h = rng.randrange(size // 10, size // 2), rng.randrange(size // 10, size // 2)
            x, y = rng.randrange(-w // 3, size - w * 2 // 3), rng.randrange(-h // 3, size - h * 2 // 3)
            if rng.random() < .5:
                a[max(0, y):max(0, y + h), max(0, x):max(0, x + w)] = 1
            else:
                cv2.ellipse(a, (x + w // 2, y + h // 2), (w // 2, h // 2), rng.uniform(0, 180), 0, 360, 1, -1)
    if a.mean() > .6 or not a.any():
        return hole(size, faces, rng)
    return a


def psnr_in_hole(a, b, k):
    return 10 * np.log10(255 ** 2 / max(((a.astype(float) - b) ** 2)[k > 0].mean(), 1e-3))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--data', required=True, help='folder that holds train/manifest.csv')
    ap.add_argument('--perceptual', required=True, help='folder with squeezenet11_caffe.npz')
    ap.add_argument('--minutes', type=float, default=60)
    ap.add_argument('--out', required=True, help='folder for checkpoints')
    ap.add_argument('--init', help='folder of an exported model to go on from')
    ap.add_argument('--device', default='cpu')
    ap.add_argument('--threads', type=int, default=1)
    ap.add_argument('--seed', type=int, default=0)
    ap.add_argument('--rate', type=float, default=6e-4)
    ap.add_argument('--revive', action='store_true', help='start units again that are closed for good')
    ap.add_argument('--weight', type=float, default=0.03, help='weight of the feature loss')
    args = ap.parse_args()

    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    random.seed(args.seed)
    np.random.seed(args.seed)
    out = pathlib.Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    faces = fonts()
    photos = Photos(args.data)
    held = Photos(args.data, split='held_out', smallest=256, limit=32)
    print(len(photos), 'photos,', len(held), 'held out for validation,', len(faces), 'fonts', flush=True)

    net = Inpaint().to(args.device)
    if args.init:
        from export import load_onnx
        load_onnx(net, pathlib.Path(args.init) / 'model.onnx')
    if args.revive:
        crops = np.stack([photos.crop(256) for _ in range(8)])
        shown = torch.from_numpy(crops).permute(0, 3, 1, 2).float().to(args.device) / 255
        marks = torch.from_numpy(np.stack([hole(256, faces) for _ in range(8)]))[:, None].float().to(args.device)
        revive(net, lambda: net(shown * (1 - marks), marks))
    net = net.to(memory_format=torch.channels_last)
    ema = copy.deepcopy(net)
    features = Features(args.perceptual).to(args.device)
    print(sum(p.numel() for p in net.parameters()), 'parameters', flush=True)

    rng = random.Random(5)
    val = []
    for im in held.images:
        im = im[:256, :256]
        val.append((im, hole(256, faces, rng)))
    classical = {n: float(np.mean([psnr_in_hole(cv2.inpaint(i, k, 3, f), i, k) for i, k in val]))
                 for n, f in (('telea', cv2.INPAINT_TELEA), ('ns', cv2.INPAINT_NS))}
    print('held-out, in the hole:', classical, flush=True)

    def evaluate(model):
        model.eval()
        scores, dist = [], []
        with torch.no_grad():
            for im, k in val:
                t = torch.from_numpy(im.copy()).permute(2, 0, 1)[None].float().to(args.device) / 255
                kk = torch.from_numpy(k)[None, None].float().to(args.device)
                y = model(t * (1 - kk), kk).clamp(0, 1)
                dist.append(features(y, t).item())
                scores.append(psnr_in_hole(y[0].permute(1, 2, 0).cpu().numpy() * 255, im, k))
        model.train()
        return round(float(np.mean(scores)), 3), round(float(np.mean(dist)), 4)

    # Biases that move as fast as weights close the ReLUs for good where values are small.
    opt = torch.optim.AdamW([{'params': [p for p in net.parameters() if p.ndim > 1], 'share': 1},
                             {'params': [p for p in net.parameters() if p.ndim == 1], 'share': .1}],
                            args.rate, weight_decay=0)
    total, start, step, saved = args.minutes * 60, time.time(), 0, 0
    while True:
        elapsed = time.time() - start
        if elapsed > total:
            break
        progress = elapsed / total
        rate = args.rate * 0.5 * (1 + np.cos(np.pi * progress)) * min(1, (step + 1) / 200) + 1e-6
        for g in opt.param_groups:
            g['lr'] = rate * g['share']
        size, batch = ((128, 8) if progress < .7 else (192, 4))
        xs = np.stack([photos.crop(size) for _ in range(batch)])
        ks = np.stack([hole(size, faces) for _ in range(batch)])
        t = torch.from_numpy(xs).permute(0, 3, 1, 2).float().to(args.device) / 255
        k = torch.from_numpy(ks)[:, None].float().to(args.device)
        opt.zero_grad(set_to_none=True)
        with torch.autocast(args.device, dtype=torch.bfloat16):
            y = net(t * (1 - k), k).float()
            perceptual = features(y, t)
        d = (y - t).abs()
        # Every picture weighs the same however small its hole is.
        loss = (d.sum((1, 2, 3)) / (k.sum((1, 2, 3)) * 3 + 1)).mean() + args.weight * perceptual
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        opt.step()
        step += 1
        decay = min(0.999, (1 + step) / (10 + step))
        with torch.no_grad():
            for e, p in zip(ema.parameters(), net.parameters()):
                e.lerp_(p, 1 - decay)
        if elapsed - saved > 300:
            saved = elapsed
            torch.save(ema.state_dict(), out / 'checkpoint.pt.part')
            (out / 'checkpoint.pt.part').rename(out / 'checkpoint.pt')
            print(f'{int(elapsed)} s, step {step}, loss {loss.item():.4f}, '
                  f'{closed(ema, lambda: ema(t * (1 - k), k)):.0%} closed, held-out {evaluate(ema)}', flush=True)
    torch.save(ema.state_dict(), out / 'checkpoint.pt')
    print(f'done: step {step}, held-out {evaluate(ema)}', flush=True)


if __name__ == '__main__':
    main()
