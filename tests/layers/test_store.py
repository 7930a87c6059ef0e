from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import numpy as np
import pytest

from layers.errors import StorageError
from layers.geometry import Geometry
from layers.kinds.facilities import Toilets
from layers.kinds.streets import Streets
from layers.store import load, load_city, make_store, store, store_city
from tests.cities import tiny_city


def test_a_layer_comes_back_mapped_and_equal(tmp_path: Path) -> None:
    streets = tiny_city()[Streets].assume("width_m", 7.0, "rule")
    again = load(tmp_path, store(streets, tmp_path))
    assert isinstance(again, Streets)
    assert again.rules == streets.rules
    assert again.hash == streets.hash
    del again.__dict__["hash"]
    assert again.hash == streets.hash  # computed anew from the arrays
    assert isinstance(again.length_m.base, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        again.length_m[0] = 1


def test_the_same_layer_is_written_once(tmp_path: Path) -> None:
    streets = tiny_city()[Streets]
    key = store(streets, tmp_path)
    written = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*.npy")}
    assert store(tiny_city()[Streets], tmp_path) == key
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*.npy")} == written


def test_extra_columns_of_any_type_and_empty_layers_travel(tmp_path: Path) -> None:
    extra = {"a": np.array(["x", None], dtype=object), "b": np.array([1, 2]), "c": np.array(["甲", ""])}
    toilets = Toilets(ids=np.array(["t1", "t2"]), geometry=Geometry.points([[0, 0], [1, 1]]), extra=extra)
    again = load(tmp_path, store(toilets, tmp_path))
    assert [v.tolist() for v in again.extra.values()] == [v.tolist() for v in extra.values()]
    empty = load(tmp_path, store(Streets.empty(), tmp_path))
    assert len(empty) == 0


def test_many_writers_at_once_do_no_harm(tmp_path: Path) -> None:
    streets = tiny_city()[Streets]
    keys: list[str] = []
    threads = [threading.Thread(target=lambda: keys.append(store(streets, tmp_path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(keys) == {streets.hash}
    assert [p.name for p in tmp_path.iterdir()] == [streets.hash]


def test_a_failed_write_is_no_success(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(made: Path, place: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "rename", fail)
    with pytest.raises(StorageError, match=r"cannot store the layer streets in .*: No space left on device; free space"):
        store(tiny_city()[Streets], tmp_path)


def test_a_city_travels_by_its_handle(tmp_path: Path) -> None:
    city = tiny_city()
    handle = store_city(city, tmp_path)
    again = load_city(handle)
    assert (again.name, again.epsg, again.hash) == (city.name, city.epsg, city.hash)


def test_the_store_goes_with_its_process() -> None:
    script = "from layers.store import make_store; p = make_store(); (p / 'x').write_text('x'); print(p)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert not Path(done.stdout.strip()).exists()


def test_what_a_killed_process_left_is_removed_after_a_week(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old, new = tmp_path / "jingcheng-layers-old", tmp_path / "jingcheng-layers-new"
    old.mkdir()
    new.mkdir()
    os.utime(old, (0, 0))
    made = make_store()
    assert sorted(tmp_path.iterdir()) == sorted([new, made])
