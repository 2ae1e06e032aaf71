"""Writes the network that `lacuna evaluate` judges crisp and filled pictures by: the distance of perceptual.py in the layers
that nothing is trained with.

    python3 judge.py --arrays ../../../shared/train/perceptual --out ../../target/crisp40

Inputs `made` and `truth`: 1,3,H,W, RGB, 0..1; output `distance`: 1,1,1,1. The weights are others' (see SOURCE.md beside the
arrays) and are not committed.
"""

import argparse
import pathlib

import torch

import perceptual


class Judge(perceptual.Features):
    def __init__(self, arrays):
        super().__init__(arrays, perceptual.JUDGED)

    def forward(self, made, truth):
        return super().forward(made, truth).reshape(1, 1, 1, 1)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--arrays', required=True)
    ap.add_argument('--out', required=True)
    args = ap.parse_args()
    file = pathlib.Path(args.out) / 'perceptual.onnx'
    file.parent.mkdir(parents=True, exist_ok=True)
    size = {2: 'h', 3: 'w'}
    torch.onnx.export(Judge(args.arrays).eval(), (torch.rand(1, 3, 96, 128), torch.rand(1, 3, 96, 128)), str(file),
                      opset_version=17, input_names=['made', 'truth'], output_names=['distance'],
                      dynamic_axes={'made': size, 'truth': size})


if __name__ == '__main__':
    main()
