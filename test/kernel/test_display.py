"""Displays: bundles, handles, and objects that show themselves."""

import base64

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


def test_a_promise_of_a_bundle_is_awaited(kernel):
    kernel.run(FIGURE)
    assert kernel.run("new Later()").of("execute_result")[0]["data"] == {"text/html": "<i>later</i>"}
    result = kernel.run("display(new Later()); 0")
    assert result.of("display_data")[0]["data"] == {"text/html": "<i>later</i>"}


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
