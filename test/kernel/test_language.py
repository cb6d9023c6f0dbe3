"""Completion, hover and the rest of the language service."""

import time

import pytest


@pytest.fixture(scope="module", autouse=True)
def names(kernel):
    kernel.run("/** Counts the turns. */\nconst turnCount = 3\ninterface Shape { side: number }\nconst shape: Shape = { side: 2 }")


def test_members_are_completed_by_type(kernel):
    reply = kernel.complete("shape.si")
    assert reply["matches"] == ["side"]
    assert (reply["cursor_start"], reply["cursor_end"]) == (6, 8)
    (item,) = reply["metadata"]["_jupyter_types_experimental"]
    assert item["type"] == "property" and "number" in item["signature"]


def test_names_of_earlier_cells_and_of_the_kernel_are_completed(kernel):
    assert kernel.complete("turn")["matches"] == ["turnCount"]
    assert "display" in kernel.complete("1 + disp")["matches"]


def test_positions_count_code_points(kernel):
    reply = kernel.complete("'😀😀'; shape.si")
    assert (reply["cursor_start"], reply["cursor_end"]) == (12, 14)


def test_names_of_the_library_are_completed_and_explained(kernel):
    assert "wavePacket" in kernel.complete("waveP")["matches"]
    reply = kernel.inspect("wavePacket", 3)
    assert reply["found"]
    assert reply["data"]["text/markdown"].startswith("```typescript\nfunction wavePacket(")


def test_members_of_a_library_name_are_completed_at_the_end_of_a_cell(kernel):
    for name, member in [("derive", "wickRotation"), ("RULES", "rearrange"), ("Complex", "ZERO"), ("landscape", "name")]:
        assert member in kernel.complete(f"{name}.")["matches"]


def test_options_are_completed_before_their_brackets_are_closed(kernel):
    assert kernel.run("const oscillator = qde({ objective: 'x^2', D: 0.5 }); const packet = wavePacket({ x0: 0, sigma: 1 })").ok
    matches = kernel.complete("qde({ objective: 'x^2', ")["matches"]
    assert {"D", "grid"} <= set(matches) and "globalThis" not in matches
    assert "until" in kernel.complete("oscillator.evolve(packet, { ")["matches"]
    reply = kernel.complete("oscillator.evolve(packet, { method: 'str")
    assert reply["matches"] == ["strang"] and reply["cursor_start"] == len("oscillator.evolve(packet, { method: '")


def test_hover_gives_signature_and_documentation(kernel):
    data = kernel.inspect("1 + turnCount", 8)["data"]
    assert "const turnCount: 3" in data["text/plain"]
    assert "Counts the turns." in data["text/markdown"]


def test_an_open_call_shows_its_signature(kernel):
    data = kernel.inspect("display.html(")["data"]
    assert "html(markup: string): DisplayHandle" in data["text/plain"]
    assert "Shows HTML." in data["text/plain"]


def test_hover_lists_the_options_of_a_function(kernel):
    markdown = kernel.inspect("qde", 1)["data"]["text/markdown"]
    assert "\n- `D: number` — " in markdown and "\n- `grid?: GridOptions` — " in markdown


def test_a_value_without_words_of_its_own_has_those_of_its_type(kernel):
    assert "in the notebook" in kernel.inspect("display", 3)["data"]["text/markdown"]


def test_files_and_packages_are_completed_in_an_import(kernel):
    assert "conftest.py" not in kernel.complete("import x from './")["matches"]
    assert "mathjs" in kernel.complete("import x from 'math")["matches"]


def test_nothing_is_found_where_nothing_is(kernel):
    assert kernel.inspect("unheardOf", 3)["found"] is False
    reply = kernel.inspect("   ", 1)
    assert reply["status"] == "ok" and reply["found"] is False


def test_module_names_are_completed_in_an_import(kernel):
    assert "node:fs" in kernel.complete("import fs from 'node:f")["matches"]


def test_completion_and_hover_work_while_a_cell_runs(kernel):
    request = kernel.client.execute("const until = Date.now() + 2500; while (Date.now() < until);")
    started = time.monotonic()
    assert kernel.complete("shape.si")["matches"] == ["side"]
    assert kernel.inspect("turnCount", 3)["found"]
    assert time.monotonic() - started < 2
    assert kernel.gather(request).ok


def test_the_kernel_is_not_shown_idle_while_a_cell_runs(kernel):
    request = kernel.client.execute("await new Promise(r => setTimeout(r, 1500))")
    kernel.complete("shape.si")
    states = []
    while not states or states[-1] != ("idle", request):
        message = kernel.client.get_iopub_msg(timeout=30)
        if message["msg_type"] == "status":
            states.append((message["content"]["execution_state"], message["parent_header"]["msg_id"]))
    kernel.reply(request)
    other = [i for i, (state, parent) in enumerate(states) if state == "idle" and parent != request]
    assert other and all(states[i + 1] == ("busy", request) for i in other if i > 0 and ("busy", request) in states[:i])


def test_library_names_are_real_bindings_and_can_be_shadowed(kernel):
    assert kernel.run("typeof qde").value == "'function'"
    assert kernel.run("import { qde as explicit } from 'psilab'\nexplicit === qde").value == "true"
    assert kernel.run("(await import('psilab')).qde === qde").value == "true"
    assert kernel.run("const qde = 5; qde + 1").value == "6"
    assert kernel.run("qde + 2").value == "7"


def test_types_of_the_library_are_in_scope(kernel):
    name, message, _ = kernel.run("parseExpression(5, [])").error
    assert name.startswith("TS") and "number" in message
