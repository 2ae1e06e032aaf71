"""A picture's windows as waves, and back; and the network that says how much of each wave to add, so that a blur is undone.

What blurred a picture shows in which waves are missing: of a line of ten pixels, those that fit ten pixels a whole number
of times. On the map of frequencies these are lines, and a small convolutional network finds them there in minutes, as it
would find lines in a picture; from the pixels themselves the large network learns only to sharpen what is round.
"""

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

# Windows of N by N pixels, STEP apart; half a plane of frequencies: 0..ACROSS cycles to the right, -DOWN..DOWN down.
N, STEP, ACROSS, DOWN = 48, 16, 16, 16
AROUND = (N - STEP) // 2
U, V = ACROSS + 1, 2 * DOWN + 1
# Powers are taken of the picture times this, with this added. With more, pure stripes would overflow half precision.
GAIN, LEAST_POWER = 8, 1e-4


def window():
    """Its square, laid every third of itself, is the same everywhere."""
    w = np.cos(np.pi * (np.arange(N) - (N - 1) / 2) / N)
    return w / np.sqrt((w ** 2).sum())


class Waves(nn.Module):
    """N,1,H,W -> real and imaginary parts, each N,U*V,H/16,W/16; and back. By fast Fourier transforms."""

    def __init__(self):
        super().__init__()
        w = window()
        self.register_buffer('shape', torch.from_numpy((w[:, None] * w).astype(np.float32)), persistent=False)

    def forward(self, x):
        x = F.pad(x, (AROUND,) * 4, 'replicate')
        f = x[:, 0].unfold(1, N, STEP).unfold(2, N, STEP) * self.shape
        z = torch.fft.fft(torch.fft.rfft(f, dim=-1)[..., :U], dim=-2)
        z = torch.cat([z[..., -DOWN:, :], z[..., :DOWN + 1, :]], -2)
        z = z.permute(0, 4, 3, 1, 2).reshape(z.shape[0], U * V, *z.shape[1:3])
        return z.real.contiguous(), z.imag.contiguous()

    def back(self, real, imaginary):
        b, _, h, w = real.shape
        z = torch.complex(real, imaginary).reshape(b, U, V, h, w).permute(0, 3, 4, 2, 1)
        z = torch.cat([z[..., DOWN:, :], z.new_zeros(b, h, w, N - V, U), z[..., :DOWN, :]], -2)
        f = torch.fft.irfft(F.pad(torch.fft.ifft(z, dim=-2), (0, N // 2 + 1 - U)), N, dim=-1) * self.shape
        x = F.fold(f.reshape(b, h * w, N * N).transpose(1, 2), (h * STEP + 2 * AROUND, w * STEP + 2 * AROUND), N,
                   stride=STEP)
        return x[..., AROUND:-AROUND, AROUND:-AROUND] * STEP ** 2


class ConvolutionWaves(nn.Module):
    """`Waves` by convolutions along rows, then columns: the same numbers, from operations that every runtime has."""

    def __init__(self):
        super().__init__()
        t, w = np.arange(N), window()
        across = 2 * np.pi * np.outer(np.arange(U), t) / N
        down = 2 * np.pi * np.outer(np.arange(-DOWN, DOWN + 1), t) / N
        rows = np.stack([np.cos(across), -np.sin(across)], 1) * w
        c, s = np.cos(down) * w, -np.sin(down) * w
        # Waves to the right stand for their mirror images, too.
        twice = np.where(np.arange(U) == 0, 1, 2)[:, None, None, None]
        # Per column of frequencies, in: real, imaginary.
        real, imaginary = (np.broadcast_to(np.stack(v, 1), (U, V, 2, N)) for v in ((c, -s), (s, c)))
        scale = (STEP / N) ** 2

        def weight(a, *shape):
            return nn.Parameter(torch.from_numpy(np.ascontiguousarray(a.reshape(shape)).astype(np.float32)))

        self.rows = weight(rows, 2 * U, 1, 1, N)
        self.real, self.imaginary = weight(real, U * V, 2, N, 1), weight(imaginary, U * V, 2, N, 1)
        self.real_back = weight(real * twice * scale, U * V, 2, N, 1)
        self.imaginary_back = weight(imaginary * twice * scale, U * V, 2, N, 1)

    def forward(self, x):
        x = F.conv2d(F.pad(x, (AROUND,) * 4, 'replicate'), self.rows, stride=(1, STEP))
        return tuple(F.conv2d(x, w, stride=(STEP, 1), groups=U) for w in (self.real, self.imaginary))

    def back(self, real, imaginary):
        x = sum(F.conv_transpose2d(z, w, stride=(STEP, 1), groups=U)
                for z, w in ((real, self.real_back), (imaginary, self.imaginary_back)))
        x = F.conv_transpose2d(x, self.rows, stride=(1, STEP))
        return x[..., AROUND:-AROUND, AROUND:-AROUND]


def statistics(real, imaginary):
    """Mean logarithm and logarithm of the mean of each wave's power around every 32 pixels, N,U*V,H/32,W/32."""
    p = (GAIN * real) ** 2 + (GAIN * imaginary) ** 2

    def near(v):
        # The outermost windows lie half outside of the picture.
        v = F.pad(v[..., 1:-1, 1:-1], (1, 1, 1, 1), 'replicate')
        for k in (3, 5):
            v = F.avg_pool2d(v, k, 1, k // 2, count_include_pad=False)
        return F.avg_pool2d(v, 2)

    return near(torch.log(p + LEAST_POWER)), torch.log(near(p) + LEAST_POWER)


def frequencies():
    """What each place on the map of frequencies is: cycles across and down, their length, its logarithm."""
    u, v = np.meshgrid(np.arange(U) / ACROSS, np.abs(np.arange(-DOWN, DOWN + 1)) / DOWN, indexing='ij')
    r = np.hypot(u, v)
    return torch.from_numpy(np.stack([u, v, r, np.log(r + .03)]).astype(np.float32))


class Gains(nn.Module):
    """Statistics of the waves at one place, and what may be taken away -> the share of every wave to be added.

    Its pictures are maps of frequencies, U by V; what all frequencies say together goes into every layer."""

    def __init__(self, channels=32, dilations=(1, 1, 2, 2, 4, 4, 1, 1)):
        super().__init__()
        self.register_buffer('where', frequencies(), persistent=False)
        self.head = nn.Conv2d(9, channels, 3, padding=1)
        self.near = nn.ModuleList([nn.Conv2d(channels, channels, 3, padding=d, dilation=d) for d in dilations])
        self.all = nn.ModuleList([nn.Conv2d(channels, channels, 1) for _ in dilations])
        self.out = nn.ModuleList([nn.Conv2d(channels, channels, 1) for _ in dilations])
        self.tail = nn.Conv2d(channels, 1, 3, padding=1)
        self.tail.weight.data.mul_(.1)
        self.tail.bias.data.zero_()

    def forward(self, mean_log, log_mean, told):
        """mean_log, log_mean: n,U*V, see `statistics`; told: n,2 -> n,U*V."""
        middle = mean_log.mean(1, keepdim=True)
        maps = torch.stack([(mean_log - middle) / 1.5, (log_mean - middle) / 1.5, mean_log / 3 + 2.1], 1)
        x = torch.cat([maps.reshape(-1, 3, U, V), (maps[:, :1] * 0).reshape(-1, 1, U, V) + self.where,
                       (maps[:, :1] * 0).reshape(-1, 1, U, V) + told[:, :, None, None] - .5], 1)
        if self.training:
            x = x.contiguous(memory_format=torch.channels_last)
        x = self.head(x)
        for near, everywhere, out in zip(self.near, self.all, self.out):
            x = x + out(F.leaky_relu(near(x) + everywhere(x.mean((2, 3), keepdim=True)), .1))
        return self.tail(x).flatten(1)

    def over(self, mean_log, log_mean, told):
        """The same at many places: N,U*V,h,w; told N,2,1,1 -> N,U*V,h,w."""
        b, c, h, w = log_mean.shape

        def rows(x):
            return x.permute(0, 2, 3, 1).reshape(-1, x.shape[1])

        nothing = log_mean[:, :1] * 0
        g = self(rows(mean_log), rows(log_mean), rows(nothing + told))
        return g.reshape(b, h, w, c).permute(0, 3, 1, 2)


class _Reshape(torch.autograd.Function):
    """Tensor.reshape where 0 copies a side and -1 takes what is left, as ONNX has it: no shape that is only known when
    the graph runs."""

    @staticmethod
    def forward(ctx, x, shape):
        return x.reshape([x.shape[i] if n == 0 else n for i, n in enumerate(shape)])

    @staticmethod
    def symbolic(g, x, shape):
        return g.op('Reshape', x, g.op('Constant', value_t=torch.tensor(shape)))


class TiledGains(nn.Module):
    """`Gains` over one large picture in which every place's map is a tile: the same numbers, from operations that every
    device has. Zeros between the tiles, put back after every layer, stand for what lies outside of a map."""

    # As wide as the widest dilation.
    MARGIN = 4

    def __init__(self, gains):
        super().__init__()
        for name in ('near', 'all', 'out', 'tail'):
            setattr(self, name, getattr(gains, name))
        # Planes of zeros behind the nine, see `pad_planes` in export.py.
        self.spare = -gains.head.in_channels % 4
        self.head = nn.Conv2d(gains.head.in_channels + self.spare, gains.head.out_channels, 3, padding=1)
        self.head.weight.data = F.pad(gains.head.weight.data, (0, 0, 0, 0, 0, self.spare))
        self.head.bias.data = gains.head.bias.data
        self.high, self.wide = U + self.MARGIN, V + self.MARGIN
        cells = torch.full((self.high, self.wide), U * V)
        cells[:U, :V] = torch.arange(U * V).reshape(U, V)
        self.cells = cells.flatten()
        self.places = (self.cells < U * V).nonzero()[:, 0]
        where = torch.cat([gains.where.flatten(1), torch.zeros(4, 1)], 1)[:, self.cells]
        self.where = where[:, None, :, None, None]
        self.within = (self.cells < U * V).float()[None, :, None, None]

    def tiles(self, x):
        """N,high*wide,h,w -> N,1,h*high,w*wide."""
        x = _Reshape.apply(x.permute(0, 3, 2, 1), (0, 0, -1, self.wide)).permute(0, 2, 1, 3)
        return _Reshape.apply(x, (0, 0, -1)).unsqueeze(1)

    def spread(self, x):
        """N,U*V,h,w -> N,high*wide,h,w, with zeros for what lies between."""
        return torch.cat([x, x[:, :1] * 0], 1).index_select(1, self.cells)

    def over(self, mean_log, log_mean, told):
        """As of `Gains`."""
        middle = mean_log.mean(1, keepdim=True)
        nothing = self.spread(mean_log) * 0
        inside = self.tiles(nothing + self.within)
        maps = [(mean_log - middle) / 1.5, (log_mean - middle) / 1.5, mean_log / 3 + 2.1]
        x = torch.cat([self.tiles(self.spread(m)) for m in maps] + [self.tiles(nothing + w) for w in self.where]
                      + [inside * (told - .5)] + [inside * 0] * self.spare, 1)
        tile = self.high, self.wide
        share = self.high * self.wide / (U * V)
        x = self.head(x) * inside
        for near, everywhere, out in zip(self.near, self.all, self.out):
            mean = everywhere(share * F.avg_pool2d(x, tile))
            mean = F.interpolate(mean, scale_factor=tuple(float(n) for n in tile), mode='nearest')
            x = (x + out(F.leaky_relu(near(x) + mean, .1))) * inside
        x = _Reshape.apply(self.tail(x).squeeze(1), (0, 0, -1, self.wide)).permute(0, 2, 1, 3)
        x = _Reshape.apply(x, (0, 0, -1, self.high * self.wide)).permute(0, 3, 2, 1)
        return x.index_select(1, self.places)
