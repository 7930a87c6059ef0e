from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from desktop.map.freight import Receiver, Sender
from desktop.map.scene import MapLayer, OverlayLayer, Scene, Stroke
from layers.geometry import Geometry, Shape

N_POINTS = 20_000


@pytest.fixture
def sender() -> Iterator[Sender]:
    made = Sender()
    yield made
    made.close()


def big(cls: type[MapLayer] = MapLayer) -> MapLayer:
    coords = np.arange(2.0 * N_POINTS).reshape(-1, 2)
    return cls("big", Geometry(Shape.LINE, coords, (np.array([0, N_POINTS]),)), (Stroke("main"),), names=np.array(["路"]))


def test_a_scene_arrives_as_it_was_sent(sender: Sender) -> None:
    scene = Scene(layers=(big(),), overlays=(big(OverlayLayer),), hidden=frozenset({"x"}))  # type: ignore[arg-type]
    there = Receiver().unpack(sender.pack(scene))
    assert there.hidden == {"x"}
    assert isinstance(there.overlays[0], OverlayLayer)
    np.testing.assert_array_equal(there.layers[0].geometry.coords, scene.layers[0].geometry.coords)
    assert there.layers[0].names is not None
    assert there.layers[0].names.tolist() == ["路"]
    assert there.layers[0].styles == scene.layers[0].styles


def test_large_arrays_travel_as_files_and_layers_only_once(sender: Sender) -> None:
    scene, receiver = Scene(layers=(big(),)), Receiver()
    parcel = sender.pack(scene)
    assert sum(len(data) for _, data in parcel.layers) + len(parcel.scene) < 10_000
    first = receiver.unpack(parcel)
    again = sender.pack(replace(scene, hidden=frozenset({"big"})))
    assert again.layers == ()
    assert receiver.unpack(again).layers[0] is first.layers[0]


def test_a_new_receiver_gets_everything_again(sender: Sender) -> None:
    scene = Scene(layers=(big(),))
    sender.pack(scene)
    sender.forget()
    assert Receiver().unpack(sender.pack(scene)).layers[0].key == "big"


def test_a_layer_that_left_is_forgotten_on_both_sides(sender: Sender) -> None:
    scene, receiver = Scene(layers=(big(),)), Receiver()
    receiver.unpack(sender.pack(scene))
    receiver.unpack(sender.pack(Scene()))
    assert receiver.layers == {}
    assert len(sender.pack(scene).layers) == 1


def test_a_file_goes_with_its_array(sender: Sender) -> None:
    array = np.zeros(N_POINTS)
    path = Path(sender.place(array)[0])
    assert path.exists()
    assert sender.place(array)[0] == str(path)
    del array
    gc.collect()
    assert not path.exists()


def test_an_array_that_is_mapped_already_is_named_and_not_copied(sender: Sender, tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.arange(N_POINTS, dtype=np.float64))
    mapped = np.load(tmp_path / "a.npy", mmap_mode="r")
    assert sender.place(mapped)[0] == str(tmp_path / "a.npy")
    assert sender.place(mapped[5:])[0] != str(tmp_path / "a.npy")
