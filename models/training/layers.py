"""Building blocks that the recipes share: residual blocks, resampling by pixel shuffle, the push-pull pre-fill."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class ResidualBlock(nn.Module):
    """x + conv(relu(conv(x))); no normalisation, so that the output follows the picture's own levels.

    slope: what is left of values below 0. With 0 a unit that closed on every picture stays closed for ever; far from
    full size, where values are small, whole blocks do.
    """

    def __init__(self, channels, dilation=1, slope=0):
        super().__init__()
        self.slope = slope
        self.a = nn.Conv2d(channels, channels, 3, padding=dilation, dilation=dilation)
        self.b = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x):
        y = self.a(x)
        return x + self.b(F.leaky_relu(y, self.slope) if self.slope else F.relu(y))


def blocks(channels, *dilations, slope=0):
    """Residual blocks one behind the other."""
    return nn.Sequential(*[ResidualBlock(channels, d, slope) for d in dilations])


@torch.no_grad()
def _watched(net, run):
    """For every residual block, what `run()` shows: the share of places where each unit opens, and its input's mean."""
    seen = {}

    def watch(block, inputs, output):
        opened, mean, count = seen.get(block, (0, 0, 0))
        seen[block] = opened + (output > 0).float().mean((0, 2, 3)), mean + inputs[0].float().mean((0, 2, 3)), count + 1

    hooks = [m.a.register_forward_hook(lambda _, i, o, m=m: watch(m, i, o))
             for m in net.modules() if isinstance(m, ResidualBlock)]
    run()
    for h in hooks:
        h.remove()
    return {block: (opened / count, mean / count) for block, (opened, mean, count) in seen.items()}


def closed(net, run):
    """Share of the units of all residual blocks that open nowhere in what `run()` shows the network. A training that
    lets it grow loses depth in silence: look at it early."""
    shares = torch.cat([opened for opened, _ in _watched(net, run).values()])
    return float((shares == 0).float().mean())


@torch.no_grad()
def revive(net, run):
    """Starts again every unit that opens nowhere in what `run()` shows, without changing what the network does.

    Its weights are drawn anew around the mean of what it sees, and nothing is made of its output until training does.
    """
    for block, (opened, mean) in _watched(net, run).items():
        dead = opened == 0
        fresh = nn.init.kaiming_normal_(torch.empty_like(block.a.weight), nonlinearity='relu')
        block.a.weight[dead] = fresh[dead]
        block.a.bias[dead] = -(fresh.sum((2, 3)) @ mean)[dead]
        block.b.weight[:, dead] = 0


def down(cin, cout):
    """Halves height and width: pixel unshuffle and a 1x1 convolution (fast on CPUs, no aliasing to learn away)."""
    return nn.Sequential(nn.PixelUnshuffle(2), nn.Conv2d(4 * cin, cout, 1))


def up(cin, cout):
    """Doubles height and width: a 1x1 convolution and a pixel shuffle."""
    return nn.Sequential(nn.Conv2d(cin, 4 * cout, 1), nn.PixelShuffle(2))


def push_pull(image, hole, levels=6):
    """Fills a hole from ever coarser averages of what is known (Gortler et al. 1996, "The Lumigraph", section 3.4).

    image: N,3,H,W; hole: N,1,H,W with 1 = unknown. H and W must be multiples of 2**levels.
    Where even the coarsest cell knows nothing, the mean of all known pixels stands in.
    """
    known = 1 - hole
    colours, weights = [image * known], [known]
    for _ in range(levels):
        colours.append(F.avg_pool2d(colours[-1], 2))
        weights.append(F.avg_pool2d(weights[-1], 2))
    mean = colours[-1].mean((2, 3), keepdim=True) / (weights[-1].mean((2, 3), keepdim=True) + 1e-6)
    y = (colours[-1] + 1e-4 * mean) / (weights[-1] + 1e-4)
    for i in range(levels - 1, -1, -1):
        y = F.interpolate(y, scale_factor=2, mode='bilinear', align_corners=False)
        y = colours[i] + (1 - weights[i]) * y
    return y
