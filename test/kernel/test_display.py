"""Displays: bundles, handles, and objects that show themselves."""

import base64
import json
import time

FIGURE = """
class Figure {
  constructor(readonly size: number, readonly fail = false) {}
  [Symbol.for('Jupyter.display')](): Record<string, unknown> {
    if (this.fail) throw new RangeError('nothing to draw')
    return {
      'application/vnd.psilab.figure.v1+json': { schema: 1, values: 'A'.repeat(this.size) },
      'image/png': new Uint8Array([137, 80, 78, 71]),
      'text/plain': 'a figure',
    }
  }
}
class Later { async [Symbol.for('Jupyter.display')]() { await null; return { 'text/html': '<i>later</i>' } } }
"""


def test_an_object_shows_itself_as_the_cells_result(kernel):
    kernel.run(FIGURE)
    (result,) = kernel.run("new Figure(3)").of("execute_result")
    assert result["data"] == {
        "application/vnd.psilab.figure.v1+json": {"schema": 1, "values": "AAA"},
        "image/png": base64.b64encode(b"\x89PNG").decode(),
        "text/plain": "a figure",
    }


def test_the_words_of_a_figure_are_its_pictures_alternative(kernel):
    result = kernel.run("qde({ objective: 'x^2', D: 0.5 })")
    (shown,) = result.of("execute_result")
    figure = shown["data"]["application/vnd.psilab.figure.v1+json"]
    assert shown["metadata"] == {"image/png": {"alt": figure["alt"]}} and "objective" in figure["alt"]
    (shown,) = kernel.run("display(qde({ objective: 'x^2', D: 0.5 })); 0").of("display_data")
    assert shown["metadata"] == {"image/png": {"alt": figure["alt"]}}


def test_a_promise_of_a_bundle_is_awaited(kernel):
    kernel.run(FIGURE)
    shown = {"text/html": "<i>later</i>", "text/plain": "Later {}"}
    assert kernel.run("new Later()").of("execute_result")[0]["data"] == shown
    result = kernel.run("display(new Later()); 0")
    assert result.of("display_data")[0]["data"] == shown


def test_a_change_of_a_display_that_is_awaited_comes_after_it(kernel):
    kernel.run(FIGURE)
    result = kernel.run("const slow = display(new Later()); slow.update('now')")
    assert [m["msg_type"] for m in result.messages if "display" in m["msg_type"]] == ["display_data", "update_display_data"]


def test_a_display_that_throws_is_text_and_no_dead_cell(kernel):
    kernel.run(FIGURE)
    result = kernel.run("new Figure(0, true)")
    assert result.ok
    assert "RangeError: nothing to draw" in result.value
    assert kernel.run("({ [Symbol.for('Jupyter.display')]: () => 5 })").ok


def test_bundles_of_several_megabytes_pass(kernel):
    kernel.run(FIGURE)
    (result,) = kernel.run("new Figure(8e6)").of("execute_result")
    assert len(result["data"]["application/vnd.psilab.figure.v1+json"]["values"]) == 8_000_000


def test_a_handle_updates_its_display_in_place(kernel):
    result = kernel.run("const shown = display('a'); shown.update({ b: 1 }); display.html('<b>1</b>').update('<b>2</b>')")
    first, second = result.of("display_data")
    changes = result.of("update_display_data")
    assert changes[0]["data"] == {"text/plain": "{ b: 1 }"}
    assert changes[0]["transient"] == first["transient"] and first["transient"]["display_id"]
    assert changes[1]["data"]["text/html"] == "<b>2</b>"
    assert changes[1]["transient"] == second["transient"]
    assert result.value is None
    later = kernel.run("shown.update('c')")
    assert later.of("update_display_data")[0]["transient"] == first["transient"]


def test_a_display_can_be_emptied(kernel):
    result = kernel.run("display('a').clear()")
    assert result.of("update_display_data")[0]["data"] == {"text/plain": ""}
    assert result.value is None


def test_several_values_are_shown_one_after_another(kernel):
    result = kernel.run("display(1, 'two', [3])")
    assert [shown["data"]["text/plain"] for shown in result.of("display_data")] == ["1", "'two'", "[ 3 ]"]
    assert result.value is None


PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="


def test_an_image_is_known_by_its_bytes_and_takes_a_size(kernel):
    (shown,) = kernel.run(f"display.image('{PIXEL}', {{ width: 20, height: 10 }})").of("display_data")
    assert shown["data"] == {"image/png": PIXEL, "text/plain": "PNG image"}
    assert shown["metadata"] == {"image/png": {"width": 20, "height": 10}}
    shown = kernel.run(f"Buffer.from('{PIXEL}', 'base64')").of("execute_result")[0]
    assert shown["data"]["image/png"] == PIXEL


def test_a_display_says_what_it_takes(kernel):
    for code, told in [
        ("display.image('nonsense')", "PNG, JPEG, GIF or WebP"),
        ("display.image('x', { width: -1 })", "width takes a positive number of pixels; got -1"),
        ("display.html(5 as never)", "display.html takes HTML as a string; got 5"),
        ("display.table([1, 2])", "display.table takes an array or a Map of objects"),
        ("display.vegaLite([])", "display.vegaLite takes a specification"),
        ("display.raw(7 as never)", "by MIME type"),
    ]:
        name, message, _ = kernel.run(code).error
        assert name == "TypeError" and told in message, code


def test_tables_and_charts_are_shown_on_request(kernel):
    result = kernel.run("class P { x = 1 }\ndisplay.table([new P(), new P()], { rows: 1 }); display.vegaLite({ mark: 'point' })")
    table, chart = [shown["data"] for shown in result.of("display_data")]
    assert ">x</th>" in table["text/html"] and "1 more row<" in table["text/html"]
    assert chart["application/vnd.vegalite.v5+json"] == {"mark": "point"}
    assert kernel.run("display.table([])").of("display_data")[0]["data"] == {"text/plain": "[]"}


def test_complex_numbers_of_the_library_print_as_one_writes_them(kernel):
    assert kernel.run("new Complex(1, -2)").value == "1 - 2i"
    assert kernel.run("[new Complex(0, 1)]").value == "[ i ]"
    assert ">1 + 2i</td>" in kernel.run("[{ z: new Complex(1, 2) }]").of("execute_result")[0]["data"]["text/html"]
    assert kernel.run("({ re: 1, im: 2 })").value == "{ re: 1, im: 2 }"


def test_what_is_shown_in_a_busy_loop_appears_at_once(kernel):
    request = kernel.client.execute(
        "display('early'); for (const end = Date.now() + 1500; Date.now() < end; ) {}\nconst ended = Date.now()"
    )
    while kernel.client.get_iopub_msg(timeout=30)["msg_type"] != "display_data":
        pass
    seen = time.time() * 1000
    assert kernel.gather(request).ok
    assert int(kernel.run("ended").value) > seen


def test_raw_takes_a_bundle_and_its_metadata(kernel):
    code = "display.raw({ 'image/png': 'AAAA', 'text/plain': 'p' }, { metadata: { 'image/png': { width: 10 } } })"
    (shown,) = kernel.run(code).of("display_data")
    assert shown["metadata"] == {"image/png": {"width": 10}}


def test_clear_output_tells_whether_to_wait(kernel):
    assert kernel.run("clearOutput({ wait: true })").of("clear_output") == [{"wait": True}]


def test_warnings_of_libraries_go_to_stderr(kernel):
    assert kernel.run("console.warn('grid is coarse')").text("stderr") == "grid is coarse\n"


def test_notebooks_written_for_tslab_find_its_displays(kernel):
    code = "import * as tslab from 'tslab'\nconst d = tslab.newDisplay(); d.html('<i>1</i>'); d.html('<i>2</i>'); tslab.display.raw('text/x', 'y')"
    result = kernel.run(code)
    assert [c["data"] for c in result.of("display_data")] == [{"text/html": "<i>1</i>"}, {"text/x": "y"}]
    assert result.of("update_display_data")[0]["data"] == {"text/html": "<i>2</i>"}


def test_half_an_emoji_does_not_keep_the_notebook_from_being_saved(kernel):
    result = kernel.run("display.html('😀'.slice(0, 1)); console.log('😀'.slice(1)); throw new Error('😀'.slice(0, 1))")
    for message in result.messages:
        json.dumps(message["content"], ensure_ascii=False).encode("utf-8")
    assert result.of("display_data")[0]["data"]["text/html"] == "\ufffd"
    assert result.error[1] == "\ufffd"


def test_an_array_of_nothing_but_holes_is_shown(kernel):
    assert kernel.run("new Array(5)").value == "[ <5 empty items> ]"
