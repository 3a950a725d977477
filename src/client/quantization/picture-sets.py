"""Turns labelled pictures or arrays into rows that a model takes, as the ONNX project's test data sets.

Usage: picture-sets.py SOURCE TARGET --model JSON

SOURCE is a folder whose folders are named by classes and hold pictures (read by Pillow), or an .npz file of numpy with an array
for each input and one of what is true. JSON says what the model takes. Writes TARGET/test_data_set_N/input_K.pb, and prints one
line of JSON: how many rows there are, what is true of them, and what is to be noted, or why nothing was written.

Slipway holds the other end of stdin: when that is gone, so is this process.
"""
import json
import os
import random
import sys
import threading

PICTURES = (".bmp", ".gif", ".jpeg", ".jpg", ".png", ".ppm", ".tif", ".tiff", ".webp")
TRUTHS = ("y", "y_true", "label", "labels", "target", "targets")
# Of values from 0 to 1, for R, G and B: the pictures of ImageNet.
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


class Refused(Exception):
    """Why nothing was written, in a sentence for people."""


def attended():
    def listen():
        while os.read(0, 4096):
            pass
        os._exit(1)

    threading.Thread(target=listen, daemon=True).start()


def visible(folder):
    return sorted(name for name in os.listdir(folder) if not name.startswith("."))


def pictures_of(folder):
    """Paths of pictures with the name of their folder, None for those of `folder` itself."""
    found = []
    for name in visible(folder):
        path = os.path.join(folder, name)
        if os.path.isdir(path):
            found += [(os.path.join(at, each), name) for at, _, files in sorted(os.walk(path)) for each in sorted(files)]
        else:
            found.append((path, None))
    return [each for each in found if each[0].lower().endswith(PICTURES)]


def picked(count, most, seed):
    """Ascending places of up to `most` of `count`, the same ones for the same seed."""
    if count <= most:
        return list(range(count))
    return sorted(random.Random(seed).sample(range(count), most))


def pixels(path, model):
    """One picture as the model takes it, without the dimension of rows."""
    import numpy as np
    from PIL import Image, ImageOps

    try:
        with Image.open(path) as opened:
            picture = ImageOps.exif_transpose(opened).convert("RGBA" if model["channels"] == 4 else "RGB")
    except Exception as error:
        raise Refused(f"{os.path.basename(path)} is no picture that Pillow can read ({first_line(error)}).") from error
    values = np.asarray(placed(picture, model), dtype=np.float64)
    if model["channels"] == 1:
        # Grey as ITU-R BT.601 has it.
        values = (values[..., :3] @ np.array([0.299, 0.587, 0.114]))[..., None]
    values = scaled(values, model["scale"])
    if model["order"] == "BGR" and model["channels"] >= 3:
        values = values[..., [2, 1, 0] + ([3] if model["channels"] == 4 else [])]
    if model["layout"] == "NCHW":
        values = values.transpose(2, 0, 1)
    kind = np.dtype(model["element"])
    return values.astype(kind) if kind.kind == "f" else np.round(values).astype(kind)


def placed(picture, model):
    """In the model's size: stretched, whole with black borders, or cut to its middle."""
    from PIL import Image

    size = (model["width"], model["height"])
    if model["fit"] == "stretch":
        return picture.resize(size, Image.Resampling.BILINEAR)
    ratios = [size[0] / picture.width, size[1] / picture.height]
    scale = max(ratios) if model["fit"] == "crop" else min(ratios)
    # As JavaScript rounds, so that the editor places it alike.
    near = lambda value: int(value + 0.5) if value >= 0 else -int(-value + 0.5)
    inner = (max(1, near(picture.width * scale)), max(1, near(picture.height * scale)))
    canvas = Image.new(picture.mode, size)
    resized = picture.resize(inner, Image.Resampling.BILINEAR)
    canvas.paste(resized, (near((size[0] - inner[0]) / 2), near((size[1] - inner[1]) / 2)))
    return canvas


def scaled(values, scale):
    import numpy as np

    if scale == "bytes":
        return values
    if scale == "signed":
        return values / 127.5 - 1
    if scale == "unit":
        return values / 255
    width = min(3, values.shape[-1])
    values[..., :width] = (values[..., :width] / 255 - np.array(MEAN[:width])) / np.array(DEVIATION[:width])
    if values.shape[-1] == 4:
        values[..., 3] /= 255
    return values


def classes_of(folders, classes):
    """What each folder's pictures are, and what is to be said of it. `classes`: those that the model names, or None."""
    names = sorted(set(folders))
    known = None if classes is None else {str(name) for name in classes}
    if known is not None and all(name in known for name in names):
        return {name: name for name in names}, []
    if known is None and all(name.isdecimal() for name in names):
        return {name: str(int(name)) for name in names}, []
    if known is not None and len(known) != len(names):
        raise Refused(
            f"The folders ({listed(names)}) are none of the model's {len(known)} classes ({listed(classes)}). Name each folder by its class."
        )
    told = [str(name) for name in classes] if classes is not None else [str(at) for at in range(len(names))]
    pairs = dict(zip(names, told))
    return pairs, ["Folders were taken for classes in the order of their names: " + listed(f"{a} is {b}" for a, b in pairs.items()) + "."]


def listed(names, most=8):
    names = [str(name) for name in names]
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")


def of_folder(source, model):
    """Batches of feeds, what is true, how many pictures there are, and notes."""
    try:
        import PIL  # noqa: F401
    except ImportError as error:
        raise Refused(f"Pictures are read by Pillow, and this Python has none. Install: {sys.executable} -m pip install pillow.") from error
    if "layout" not in model:
        raise Refused("The model takes no picture: four dimensions with 1, 3 or 4 channels. Give an .npz file of arrays.")
    found = pictures_of(source)
    if not found:
        raise Refused(f"{source} holds no picture ({', '.join(PICTURES)}).")
    folders = [name for _, name in found if name is not None]
    pairs, notes = classes_of(folders, model["classes"]) if folders and model["labelled"] else ({}, [])
    if model["labelled"] and len(folders) < len(found):
        raise Refused(
            f"{source} holds pictures beside its folders ({len(found) - len(folders)}): what they are is not known. Put each into a folder named by its class."
        )
    places = picked(len(found), model["most"], model["seed"])
    truth = [pairs[found[at][1]] for at in places] if pairs else None

    def batches():
        import numpy as np

        for start in range(0, len(places), model["rows_at_once"]):
            part = places[start : start + model["rows_at_once"]]
            yield {model["input"]: np.stack([pixels(found[at][0], model) for at in part])}

    return batches(), truth, places, len(found), notes


def of_arrays(source, model):
    """As `of_folder`, of arrays whose first dimension is rows."""
    import numpy as np

    try:
        arrays = dict(np.load(source, allow_pickle=False))
    except Exception as error:
        raise Refused(f"{source} is no .npz file of plain arrays ({first_line(error)}).") from error
    truths = [name for name in arrays if name.lower() in TRUTHS and name not in model["inputs"]]
    others = [name for name in arrays if name not in truths]
    if len(model["inputs"]) == 1 and len(others) == 1:
        feeds = {model["inputs"][0]: arrays[others[0]]}
    else:
        missing = [name for name in model["inputs"] if name not in arrays]
        if missing:
            raise Refused(f"{source} has no array {listed(missing)}: it has {listed(arrays)}. Name an array for each input of the model.")
        feeds = {name: arrays[name] for name in model["inputs"]}
    counts = {name: len(array) if array.ndim else 0 for name, array in feeds.items()}
    if model["labelled"] and not truths:
        raise Refused(f"{source} has no array of what is true: name one of them y. It has {listed(arrays)}.")
    truth = arrays[truths[0]].reshape(-1) if truths and model["labelled"] else None
    sizes = set(counts.values()) | (set() if truth is None else {len(truth)})
    if len(sizes) != 1 or 0 in sizes:
        raise Refused(f"The arrays of {source} do not have the same number of rows: {listed(f'{name} {arrays[name].shape}' for name in arrays)}.")
    count = sizes.pop()
    places = picked(count, model["most"], model["seed"])
    kinds = dict(zip(model["inputs"], model["elements"]))

    def batches():
        for start in range(0, len(places), model["rows_at_once"]):
            part = places[start : start + model["rows_at_once"]]
            yield {name: array[part].astype(kinds[name], copy=False) for name, array in feeds.items()}

    told = None if truth is None else [text_of(truth[at]) for at in places]
    return batches(), told, places, count, []


def text_of(value):
    plain = value.item() if hasattr(value, "item") else value
    return str(int(plain)) if isinstance(plain, float) and plain.is_integer() else str(plain)


def write(source, target, model):
    import onnx

    of = of_folder if os.path.isdir(source) else of_arrays
    batches, truth, places, count, notes = of(source, model)
    whole = model["fixed_rows"]
    if whole and len(places) % whole:
        # The model takes so many rows and no fewer.
        places = places[: len(places) - len(places) % whole]
        truth = None if truth is None else truth[: len(places)]
        if not places:
            raise Refused(f"{source} holds {count} rows, and the model takes {whole} at once.")
    written = 0
    for at, feeds in enumerate(batches):
        if written >= len(places):
            break
        folder = os.path.join(target, f"test_data_set_{at}")
        os.makedirs(folder)
        for place, name in enumerate(model["inputs"]):
            tensor = onnx.numpy_helper.from_array(feeds[name], name)
            with open(os.path.join(folder, f"input_{place}.pb"), "wb") as file:
                file.write(tensor.SerializeToString())
        written += model["rows_at_once"]
    with open(os.path.join(target, "truth.json"), "w", encoding="utf-8") as file:
        json.dump({"truth": truth, "places": places}, file)
    return {"rows": len(places), "of": count, "isLabelled": truth is not None, "notes": notes}


def first_line(error):
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]


def main():
    attended()
    source, target, model = sys.argv[1], sys.argv[2], json.loads(sys.argv[4])
    try:
        print(json.dumps(write(source, target, model)))
        return 0
    except Refused as error:
        print(json.dumps({"refused": str(error)}))
    except MemoryError:
        print(json.dumps({"refused": f"There was not enough memory to read {source}."}))
    except Exception as error:
        import traceback

        traceback.print_exc()
        print(json.dumps({"refused": f"{source} could not be read ({type(error).__name__}: {first_line(error)})."}))
    return 1


if __name__ == "__main__":
    sys.exit(main())
