from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.map.camera import PIXEL_M, Camera

NUMBERS = st.floats(-1e6, 1e6)
CAMERAS = st.builds(
    Camera,
    NUMBERS,
    NUMBERS,
    st.floats(0.05, 500),
    st.integers(10, 4000),
    st.integers(10, 4000),
    st.sampled_from([1.0, 1.5, 2.0]),
)
PIXELS = st.floats(0, 4000)


@settings(max_examples=50)
@given(CAMERAS, PIXELS, PIXELS)
def test_a_pixel_goes_to_the_map_and_back(camera: Camera, x_px: float, y_px: float) -> None:
    assert camera.to_px(*camera.to_map(x_px, y_px)) == pytest.approx((x_px, y_px), abs=1e-3)


@settings(max_examples=50)
@given(CAMERAS, PIXELS, PIXELS, st.floats(0.2, 5.0))
def test_zoom_keeps_the_place_under_the_cursor(camera: Camera, x_px: float, y_px: float, factor: float) -> None:
    zoomed = camera.zoomed(factor, x_px, y_px)
    assert zoomed.mpp == pytest.approx(camera.mpp / factor)
    assert zoomed.to_map(x_px, y_px) == pytest.approx(camera.to_map(x_px, y_px), abs=1e-3)


@settings(max_examples=50)
@given(CAMERAS, NUMBERS, NUMBERS)
def test_arrays_and_single_places_agree(camera: Camera, x_m: float, y_m: float) -> None:
    device = camera.to_device(np.array([[x_m, y_m]]))[0]
    assert device == pytest.approx(np.array(camera.to_px(x_m, y_m)) * camera.ratio, rel=1e-6, abs=1e-3)


def test_north_is_up() -> None:
    camera = Camera(100.0, 200.0, 2.0, 400, 300)
    assert camera.to_px(100.0, 200.0) == (200.0, 150.0)
    assert camera.to_px(100.0, 210.0) == (200.0, 145.0)
    assert camera.box == (-300.0, -100.0, 500.0, 500.0)


def test_fit_shows_all_with_a_margin() -> None:
    camera = Camera.fit((0.0, 0.0, 1000.0, 100.0), 500, 500)
    low_x, low_y, high_x, high_y = camera.box
    assert max(low_x, low_y) < 0
    assert high_x > 1000
    assert high_y > 100
    assert camera.mpp == pytest.approx(2.16)


def test_a_single_point_can_be_fitted() -> None:
    assert Camera.fit((5.0, 5.0, 5.0, 5.0), 500, 500).mpp > 0


def test_the_scale_rests_on_96_pixels_an_inch() -> None:
    assert Camera(0, 0, 8000 * PIXEL_M, 10, 10).scale == pytest.approx(8000)


def test_a_grown_view_covers_pans_up_to_its_margin() -> None:
    camera = Camera(0.0, 0.0, 1.0, 400, 300)
    grown = camera.grown(1.5)
    assert (grown.width_px, grown.height_px) == (600, 450)
    assert grown.covers(camera.panned(100, 75))
    assert not grown.covers(camera.panned(101, 0))
    assert not grown.covers(camera.panned(100, 0), margin=0.05)
    assert not grown.covers(camera.zoomed(1.1, 0, 0))


@pytest.mark.parametrize("width_px", [1366, 1367])
def test_a_grown_view_keeps_pixels_on_pixels(width_px: int) -> None:
    camera = Camera(0.0, 0.0, 1.0, width_px, 301)
    grown = camera.grown(1.5)
    offset_x, offset_y = camera.to_px(grown.box[0], grown.box[3])
    assert (offset_x, offset_y) == (round(offset_x), round(offset_y))
