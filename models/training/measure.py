"""The figures of the inpainting model's card, through the program itself.

    python3 measure.py --shared ../../../shared [--sheets /tmp/sheets] [--model lacuna-inpaint]

Every picture of data/bench/color40 loses what its mask in data/bench/masks_text covers. The hole is filled by
`lacuna run inpaint --grow 0 --fill structure`, and by OpenCV's Telea and Navier-Stokes (radius 3), all in this run. OpenCV's functions get
the whole picture: they look a little way into the hole, and given a black one they come out 0.4 to 0.5 dB lower. Printed is a Markdown
table: PSNR inside the hole over RGB at 8 bits, mean over the pictures; and perceptual distance (SqueezeNet features of
layers that the training did not see: conv1, fire7, fire8, fire9; uniform heads; lower is better).
--sheets writes a picture for each of them: with its hole, filled by each method, and the truth, to be looked at.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import cv2
import numpy as np
import torch
from PIL import Image

PROJECT = pathlib.Path(__file__).resolve().parents[2]
UNSEEN = {'conv1': 0, 'fire7': 4, 'fire8': 5, 'fire9': 6}


def psnr_in_hole(have, want, hole):
    error = ((have.astype(np.float64) - want) ** 2)[hole].mean()
    return 10 * np.log10(255 ** 2 / max(error, 1e-3))


def perceptual(folder):
    sys.path.insert(0, str(folder))
    from lpips_squeeze import Lpips
    net = Lpips(folder / 'squeezenet11_caffe.npz')

    def distance(a, b):
        with torch.no_grad():
            taps = [net.features(torch.from_numpy(x.copy()).permute(2, 0, 1)[None].float() / 255) for x in (a, b)]
            unit = [[torch.nn.functional.normalize(t, dim=1, eps=1e-8) for t in taps_of] for taps_of in taps]
            return float(sum((unit[0][i] - unit[1][i]).pow(2).sum(1).mean() for i in UNSEEN.values()))
    return distance


def lacuna(picture, mask, out, model):
    command = [str(PROJECT / 'lacuna'), 'run', 'inpaint', str(picture), '--mask', str(mask), '-o', str(out),
               '--grow', '0', '--fill', 'structure', '--model', model]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f'{" ".join(command)} failed: {done.stderr.strip()}')
    return np.asarray(Image.open(out).convert('RGB'))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--shared', required=True, help='folder that holds data/bench and train/perceptual')
    ap.add_argument('--model', default='lacuna-inpaint')
    ap.add_argument('--sheets', help='folder for pictures to look at')
    ap.add_argument('--limit', type=int, help='only the first so many pictures')
    args = ap.parse_args()
    shared = pathlib.Path(args.shared)
    torch.set_num_threads(1)
    distance = perceptual(shared / 'train' / 'perceptual')
    pictures = sorted((shared / 'data' / 'bench' / 'color40').glob('*.png'))[:args.limit]
    scores = {}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for path in pictures:
            truth = np.asarray(Image.open(path).convert('RGB'))
            mask_file = shared / 'data' / 'bench' / 'masks_text' / path.name
            mask = np.asarray(Image.open(mask_file).convert('L'))
            hole = mask > 0
            holed = truth * ~hole[..., None]
            Image.fromarray(holed).save(folder / 'holed.png')
            filled = {
                'Lacuna': lacuna(folder / 'holed.png', mask_file, folder / path.name, args.model),
                'Telea': cv2.inpaint(truth, hole.astype(np.uint8), 3, cv2.INPAINT_TELEA),
                'Navier-Stokes': cv2.inpaint(truth, hole.astype(np.uint8), 3, cv2.INPAINT_NS),
            }
            if (filled['Lacuna'] != truth)[~hole].any():
                sys.exit(f'{path.name}: pixels outside the mask changed')
            for name, have in filled.items():
                scores.setdefault(name, []).append((psnr_in_hole(have, truth, hole), distance(have, truth)))
            if args.sheets:
                sheets = pathlib.Path(args.sheets)
                sheets.mkdir(parents=True, exist_ok=True)
                Image.fromarray(np.hstack([holed, *filled.values(), truth])).save(sheets / path.name)
    print(f'| color40 × masks_text, {len(pictures)} pictures | PSNR in the hole, dB | perceptual distance |')
    print('|---|---|---|')
    for name, values in scores.items():
        psnr, far = np.mean(values, 0)
        print(f'| {name} | {psnr:.2f} | {far:.4f} |')


if __name__ == '__main__':
    main()
