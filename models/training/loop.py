"""What every training shares: the optimiser, the schedule by the clock, averaged weights, checkpoints, a line of progress.

A recipe brings the network, a loss for one batch, and what to measure on held-out photos.
"""

import copy
import pathlib
import time

import numpy as np
import torch

from layers import closed, revive

SAVE_EVERY = 300


def arguments(ap, rate=3e-3):
    """The options that every recipe has."""
    ap.add_argument('--data', required=True, help='folder that holds train/manifest.csv')
    ap.add_argument('--minutes', type=float, default=60)
    ap.add_argument('--out', required=True, help='folder for checkpoints')
    ap.add_argument('--init', help='folder of an exported model, or a checkpoint.pt, to go on from')
    ap.add_argument('--revive', action='store_true', help='start units again that are closed for good')
    ap.add_argument('--device', default='cpu')
    ap.add_argument('--threads', type=int, default=1)
    ap.add_argument('--seed', type=int, default=0)
    ap.add_argument('--optimizer', choices=('adam', 'muon'), default='muon')
    ap.add_argument('--rate', type=float, default=rate, help='step size at the start (of Muon; Adam beside it takes 1e-3)')
    ap.add_argument('--begin', type=float, default=0, help='where on the schedule to begin, 0..1 (to go on after a break)')


def orthogonal(g, steps=5):
    """The orthogonal matrix nearest to g, roughly, by a Newton-Schulz iteration (coefficients of Jordan et al. 2024)."""
    x = (g / (g.norm() + 1e-7)).bfloat16()
    tall = x.shape[0] > x.shape[1]
    x = x.T if tall else x
    for _ in range(steps):
        a = x @ x.T
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
    return (x.T if tall else x).float()


class Muon:
    """Jordan et al. 2024, "Muon: an optimizer for hidden layers in neural networks": momentum, made orthogonal."""

    def __init__(self, parameters):
        self.parameters = list(parameters)
        self.momentum = [torch.zeros_like(p) for p in self.parameters]

    @torch.no_grad()
    def step(self, rate):
        for p, m in zip(self.parameters, self.momentum):
            if p.grad is None:
                continue
            m.mul_(.95).add_(p.grad)
            u = (p.grad + .95 * m).reshape(p.shape[0], -1)
            p.add_(orthogonal(u).reshape(p.shape), alpha=-rate * max(1, u.shape[0] / u.shape[1]) ** .5)


def start_from(net, init):
    """Reads the weights of an exported model's folder or of a checkpoint into `net`."""
    if init.endswith('.pt'):
        net.load_state_dict(torch.load(init, map_location='cpu'))
    else:
        from export import load_onnx
        load_onnx(net, pathlib.Path(init) / 'model.onnx')


def fit(net, args, loss_of, evaluate, ends=('head', 'tail')):
    """Trains `net` for args.minutes and leaves the averaged weights in args.out/checkpoint.pt, and those of the minutes
    before in args.out/checkpoint-SECONDS.pt.

    loss_of(net, progress): the loss of one fresh batch; progress runs 0..1 along the schedule.
    evaluate(net): what to print, measured on held-out photos.
    ends: first and last layers by the beginnings of their names; Muon is for what lies between them.
    """
    out = pathlib.Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    if args.revive:
        with torch.no_grad():
            revive(net, lambda: loss_of(net, 0))
    net = net.to(memory_format=torch.channels_last)
    ema = copy.deepcopy(net)
    print(sum(p.numel() for p in net.parameters()), 'parameters', flush=True)

    hidden = [p for n, p in net.named_parameters()
              if args.optimizer == 'muon' and p.ndim == 4 and not n.startswith(ends)]
    inside = {id(p) for p in hidden}
    muon = Muon(hidden)
    rate = 1e-3 if args.optimizer == 'muon' else args.rate
    outer = [p for n, p in net.named_parameters() if id(p) not in inside and n.startswith(ends)]
    others = [p for n, p in net.named_parameters() if id(p) not in inside and not n.startswith(ends)]
    # Biases that move as fast as weights close the ReLUs for good where values are small.
    opt = torch.optim.Adam([{'params': outer, 'lr': rate},
                            {'params': others, 'lr': rate * (.1 if args.optimizer == 'muon' else 1)}])
    total, start, step, saved = args.minutes * 60, time.time(), 0, 0

    def save(name='checkpoint.pt'):
        torch.save(ema.state_dict(), out / 'checkpoint.pt.part')
        (out / 'checkpoint.pt.part').rename(out / name)

    while True:
        elapsed = time.time() - start
        if elapsed > total:
            break
        progress = args.begin + (1 - args.begin) * elapsed / total
        factor = 0.5 * (1 + np.cos(np.pi * progress)) * min(1, (step + 1) / 100) + 1e-3
        for p in net.parameters():
            p.grad = None
        loss = loss_of(net, progress)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        for g in opt.param_groups:
            g['lr'] = g.setdefault('base', g['lr']) * factor
        opt.step()
        muon.step(args.rate * factor)
        step += 1
        decay = min(0.999, (1 + step) / (10 + step))
        with torch.no_grad():
            for e, p in zip(ema.parameters(), net.parameters()):
                e.lerp_(p, 1 - decay)
        if elapsed - saved > SAVE_EVERY:
            saved = elapsed
            save()
            save(f'checkpoint-{int(elapsed)}.pt')
            with torch.no_grad():
                shut = closed(ema, lambda: loss_of(ema, progress))
            print(f'{int(elapsed)} s, step {step}, loss {loss.item():.4f}, {shut:.0%} closed, {evaluate(ema)}', flush=True)
    save()
    print(f'done: step {step}, {evaluate(ema)}', flush=True)
