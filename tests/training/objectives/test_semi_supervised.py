"""K classes and one for what is generated, against a softmax of K + 1."""

from __future__ import annotations

import torch

from latentedit_training.objectives import semi_supervised

LOGITS = torch.randn(6, 4, generator=torch.Generator().manual_seed(1), dtype=torch.float64) * 3
OTHERS = torch.randn(5, 4, generator=torch.Generator().manual_seed(2), dtype=torch.float64) * 3
CLASSES = torch.tensor([0, 3, 1, 2, 2, 0])


def softmax_of_all(logits: torch.Tensor) -> torch.Tensor:
    """Probabilities ``[N, K + 1]`` with the last logit at 0."""
    return torch.cat([logits, torch.zeros(len(logits), 1, dtype=logits.dtype)], 1).softmax(1)


def test_being_real_is_not_being_of_the_last_class() -> None:
    torch.testing.assert_close(torch.sigmoid(semi_supervised.real_logits(LOGITS)), 1 - softmax_of_all(LOGITS)[:, -1])


def test_images_without_labels_are_real_or_generated() -> None:
    real, fake = softmax_of_all(LOGITS)[:, -1], softmax_of_all(OTHERS)[:, -1]
    expected = -0.5 * torch.log(1 - real).mean() - 0.5 * torch.log(fake).mean()
    torch.testing.assert_close(semi_supervised.unsupervised_loss(LOGITS, OTHERS), expected)


def test_labels_are_learnt_among_real_classes() -> None:
    joint = softmax_of_all(LOGITS)
    given_real = joint[:, :-1] / joint[:, :-1].sum(1, keepdim=True)
    expected = -torch.log(given_real[range(6), CLASSES]).mean()
    torch.testing.assert_close(semi_supervised.supervised_loss(LOGITS, CLASSES), expected)


def test_the_paper_code_s_form_is_the_same() -> None:
    z = torch.logsumexp(LOGITS, 1)
    fake = torch.logsumexp(OTHERS, 1)
    softplus = torch.nn.functional.softplus
    expected = -0.5 * z.mean() + 0.5 * softplus(z).mean() + 0.5 * softplus(fake).mean()
    torch.testing.assert_close(semi_supervised.unsupervised_loss(LOGITS, OTHERS), expected)


def test_gradients_agree_with_finite_differences() -> None:
    logits, others = LOGITS.clone().requires_grad_(True), OTHERS.clone().requires_grad_(True)
    assert torch.autograd.gradcheck(semi_supervised.unsupervised_loss, (logits, others))
    assert torch.autograd.gradcheck(lambda x: semi_supervised.supervised_loss(x, CLASSES), (logits,))
