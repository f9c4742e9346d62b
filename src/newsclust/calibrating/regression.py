"""Logistic regression in which no likeness speaks against one story."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

RIDGE = 0.5
"""Weight of the squared coefficients (of features scaled to deviation 1) against 2,000 pairs."""


def non_negative_logistic(
    table: NDArray[np.float64], target: NDArray[np.float64], weight: NDArray[np.float64], bounded: Sequence[bool]
) -> NDArray[np.float64]:
    """Logistic regression with soft targets, a ridge, and no `bounded` coefficient below 0.

    The last column of `table` (m, k) is the constant. Returns the coefficients, shape (k,).
    """
    from scipy.optimize import minimize
    from scipy.special import expit

    scale = np.append(np.maximum(table[:, :-1].std(axis=0), 1e-9), 1.0)
    scaled = table / scale

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = scaled @ values
        missed = weight * (expit(odds) - target)
        total = (weight * (np.logaddexp(0, odds) - target * odds)).sum() + 0.5 * RIDGE * (values**2).sum()
        return float(total), scaled.T @ missed + RIDGE * values

    bounds = [(0, None) if low else (None, None) for low in bounded]
    result = minimize(
        loss, np.zeros(table.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 500}
    )
    coefficients: NDArray[np.float64] = result.x / scale
    return coefficients
