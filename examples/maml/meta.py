"""The loss after a few steps of descent on a task (Finn, Abbeel & Levine, Model-agnostic meta-learning, 2017)."""

from model import task_loss
from task_loss_grad import task_loss_grad


def adapted(theta, x, labels, rate: float, steps: int):
    """The parameters after some steps of descent on the pictures of one task.

    Shapes: theta[p], x[n, i], labels[n]
    """
    for _ in range(steps):
        _, (d_theta,) = task_loss_grad(theta, x, labels)
        theta = theta - rate * d_theta
    return theta


def meta_loss(theta, x, labels, x_new, labels_new, rate: float, steps: int):
    """The loss on new pictures of a task, after descent on the few that are given.

    Shapes: theta[p], x[n, i], labels[n], x_new[m, i], labels_new[m]
    """
    return task_loss(adapted(theta, x, labels, rate, steps), x_new, labels_new)
