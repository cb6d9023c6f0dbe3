"""Comms, both ways, with buffers."""


def post(kernel, message_type, content, buffers=None):
    message = kernel.client.session.msg(message_type, content)
    kernel.client.session.send(kernel.client.shell_channel.socket, message, buffers=buffers)
    return message["header"]["msg_id"]


def test_a_cell_opens_a_channel_and_gets_what_is_sent_to_it(kernel):
    code = """
        const channel = comms.open('psilab.stream', { hello: 1 }, { buffers: [new Float32Array([1, 2]).subarray(1)] })
        let heard: unknown
        channel.onMessage = ({ data, buffers }) => { heard = [data, ...buffers[0]!]; channel.send({ ack: true }) }
    """
    opened = [m for m in kernel.run(code).messages if m["msg_type"] == "comm_open"][0]
    assert opened["content"]["target_name"] == "psilab.stream"
    assert [bytes(b) for b in opened["buffers"]] == [b"\x00\x00\x00\x40"]
    comm_id = opened["content"]["comm_id"]

    info = kernel.reply(kernel.client.comm_info("psilab.stream"))
    assert info["comms"] == {comm_id: {"target_name": "psilab.stream"}}
    post(kernel, "comm_msg", {"comm_id": comm_id, "data": {"n": 1}}, [b"\x07"])
    assert kernel.run("await new Promise(r => setTimeout(r, 50)); heard").value == "[ { n: 1 }, 7 ]"
    kernel.run("channel.close()")
    assert kernel.reply(kernel.client.comm_info())["comms"] == {}


def test_messages_reach_a_cell_that_awaits(kernel):
    request = kernel.client.execute("const c = comms.open('t'); await new Promise(r => { c.onMessage = r }); 'got it'")
    while True:
        message = kernel.client.get_iopub_msg(timeout=30)
        if message["msg_type"] == "comm_open":
            break
    post(kernel, "comm_msg", {"comm_id": message["content"]["comm_id"], "data": {}})
    assert kernel.gather(request).value == "'got it'"


def test_a_target_without_a_handler_is_closed_again(kernel):
    kernel.run("let met = ''; comms.register('known', (comm, { data }) => { met = comm.target + JSON.stringify(data) })")
    post(kernel, "comm_open", {"comm_id": "a", "target_name": "known", "data": {"x": 1}})
    post(kernel, "comm_open", {"comm_id": "b", "target_name": "unknown", "data": {}})
    assert kernel.run("await new Promise(r => setTimeout(r, 50)); met").value == """'known{"x":1}'"""
    assert kernel.reply(kernel.client.comm_info())["comms"].keys() >= {"a"}
    assert "b" not in kernel.reply(kernel.client.comm_info())["comms"]
