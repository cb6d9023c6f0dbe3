import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Header, makeHeader } from '../../../kernel/src/wire/message.js'
import { Session, turns } from './_session.js'

describe('a session, message in and message out', () => {
  it('starts, runs a cell, and ends', async () => {
    const session = new Session()
    expect(session.sent.map(({ type, json }) => [type, json])).toEqual([
      ['status', { execution_state: 'starting' }],
    ])
    const request = session.send('execute_request', { code: 'draw()' })
    await turns(3)
    const { executor } = session
    executor.report({ type: 'stream', run: 1, name: 'stdout' }, 'text\n')
    executor.report({ type: 'publish', run: 1, message: 'display_data' }, '{"data":{}}', new Uint8Array([7]))
    executor.report({ type: 'publish', run: 1, message: 'execute_result' }, '{"data":{"text/plain":"1"}}')
    executor.finish()
    const { json, metadata, channel, identities } = await session.reply(request)
    expect(session.kinds(request)).toEqual([
      'busy',
      'execute_input',
      'stream',
      'display_data',
      'execute_result',
      'execute_reply',
      'idle',
    ])
    expect(json).toEqual({ status: 'ok', execution_count: 1, user_expressions: {}, payload: [] })
    expect(channel).toBe('shell')
    expect(identities.map((id) => new TextDecoder().decode(id as Uint8Array))).toEqual(['client'])
    expect(new Date(String(metadata!.started)).getTime()).toBeLessThanOrEqual(Date.now())
    expect(session.of(request)[3]!.buffers).toEqual([new Uint8Array([7])])
    expect(session.language.committed).toEqual([1])

    const end = session.send('shutdown_request', { restart: true }, { channel: 'control' })
    const reply = await session.reply(end)
    expect([reply.channel, reply.json]).toEqual(['control', { status: 'ok', restart: true }])
    expect(session.of(end).map(({ channel }) => channel)).toEqual(['iopub', 'control', 'iopub', 'iopub'])
    expect([session.executor.state, session.stopped]).toEqual(['stopped', 1])
    expect(session.lines).toEqual([])
  })

  it('puts output under the cell whose run it names, also after that has ended', async () => {
    const session = new Session()
    const cells = [
      session.send('execute_request', { code: 'a' }),
      session.send('execute_request', { code: 'b' }),
    ]
    for (const _ of cells) {
      await turns(3)
      session.executor.finish()
    }
    await session.reply(cells[1]!)
    for (const run of [1, 2]) {
      session.executor.report({ type: 'publish', run, message: 'display_data' }, `{"run":${run}}`)
    }
    const shown = session.sent.filter(({ type }) => type === 'display_data')
    expect(shown.map(({ parent, json }) => [parent, json])).toEqual([
      [cells[0], { run: 1 }],
      [cells[1], { run: 2 }],
    ])
  })

  it('says of itself what the protocol asks', async () => {
    const session = new Session()
    const { json } = await session.reply(session.send('kernel_info_request'))
    expect(json).toMatchObject({
      status: 'ok',
      implementation: 'psilab',
      implementation_version: '1.2.3',
      debugger: false,
      language_info: { name: 'typescript', file_extension: '.ts' },
    })
  })

  it('welcomes who subscribes, under what was subscribed to', () => {
    const session = new Session()
    session.kernel.subscribed('')
    session.kernel.subscribed('stream')
    const welcomes = session.sent.slice(1)
    expect(
      welcomes.map(({ channel, type, json, identities, parent }) => [
        channel,
        type,
        json,
        identities,
        parent,
      ]),
    ).toEqual([
      ['iopub', 'iopub_welcome', { subscription: '' }, [], {}],
      ['iopub', 'iopub_welcome', { subscription: 'stream' }, ['stream'], {}],
    ])
  })

  it('uses one session and a new id for each message', async () => {
    const session = new Session()
    await session.run('1')
    expect(new Set(session.sent.map(({ header }) => header.session)).size).toBe(1)
    expect(new Set(session.sent.map(({ header }) => header.msg_id)).size).toBe(session.sent.length)
  })
})

describe('answers while a cell runs', () => {
  it('leave the kernel busy, as front ends show the last status', async () => {
    const session = new Session()
    const cell = session.send('execute_request', { code: 'long()' })
    await turns(3)
    const complete = session.send('complete_request', { code: 'Math.', cursor_pos: 5 })
    expect((await session.reply(complete)).json).toMatchObject({
      status: 'ok',
      matches: ['sin'],
      cursor_start: 5,
    })
    expect(session.sent.at(-1)!.json).toEqual({ execution_state: 'busy' })
    expect(session.sent.at(-1)!.parent).toEqual(cell)
    session.executor.finish()
    await session.reply(cell)
    expect(session.sent.at(-1)!.json).toEqual({ execution_state: 'idle' })
  })

  it('carry comm messages to the cell at once and in order', async () => {
    const session = new Session()
    session.send('execute_request', { code: 'long()' })
    await turns(3)
    const bytes = new Uint8Array([1, 2])
    session.send('comm_open', { comm_id: 'a', target_name: 't', data: 1 }, { buffers: [bytes] })
    const second = session.send('comm_msg', { comm_id: 'a', data: 2 }, { metadata: { m: 1 } })
    expect(session.executor.commands.slice(1)).toEqual([
      { type: 'comm_open', content: { comm_id: 'a', target_name: 't', data: 1 }, metadata: {} },
      { type: 'comm_msg', content: { comm_id: 'a', data: 2 }, metadata: { m: 1 } },
    ])
    expect(session.executor.buffers[1]).toEqual([bytes])
    expect(session.kinds(second)).toEqual(['busy', 'idle'])
    session.send('comm_open', { comm_id: 'b', target_name: 'u' })
    const list = async (content: object) =>
      (await session.reply(session.send('comm_info_request', { ...content }))).json
    expect(await list({ target_name: 't' })).toEqual({ status: 'ok', comms: { a: { target_name: 't' } } })
    expect(Object.keys((await list({})).comms as object)).toEqual(['a', 'b'])
    session.send('comm_close', { comm_id: 'a' })
    expect(Object.keys((await list({})).comms as object)).toEqual(['b'])
  })
})

describe('an error', () => {
  it('aborts what is queued behind it, and what was on its way', async () => {
    const session = new Session()
    const first = session.send('execute_request', { code: 'a' })
    const second = session.send('execute_request', { code: 'b' })
    await turns(3)
    session.executor.fail()
    await turns(2)
    const late = session.send('execute_request', { code: 'c' })
    await session.reply(first)
    expect(session.kinds(first)).toEqual(['busy', 'execute_input', 'error', 'execute_reply', 'idle'])
    for (const request of [second, late]) {
      expect(session.kinds(request)).toEqual(['busy', 'execute_reply', 'idle'])
      expect((await session.reply(request)).json.status).toBe('aborted')
    }
    expect(session.executor.runs).toHaveLength(1)
    expect(session.kinds(await session.run('d'))).toEqual(['busy', 'execute_input', 'execute_reply', 'idle'])
  })

  it.each([{ stop_on_error: false }, { silent: true }])('aborts nothing with %o', async (options) => {
    const session = new Session()
    const first = session.send('execute_request', { code: 'wrong', ...options })
    const second = session.send('execute_request', { code: 'b' })
    expect((await session.reply(first)).json).toMatchObject({ status: 'error', ename: 'TS2322' })
    await turns(3)
    session.executor.finish()
    expect((await session.reply(second)).json.status).toBe('ok')
  })
})

describe('input', () => {
  const ask = async (session: Session) => {
    const cell = session.send('execute_request', { code: 'prompt()', allow_stdin: true })
    await turns(3)
    session.executor.report({ type: 'input', run: 1, prompt: 'Name?', password: true })
    const question = session.sent.at(-1)!
    return { cell, question }
  }

  it('is asked of the client whose cell asks, and taken from its answer', async () => {
    const session = new Session()
    const { cell, question } = await ask(session)
    expect([question.channel, question.type, question.json, question.parent]).toEqual([
      'stdin',
      'input_request',
      { prompt: 'Name?', password: true },
      cell,
    ])
    session.send('input_reply', { value: 'ψ' }, { channel: 'stdin', parent: question.header })
    expect(session.executor.answers).toEqual([{ type: 'text', text: 'ψ' }])
  })

  it('is not taken from an answer to an earlier question, nor twice, nor unasked', async () => {
    const session = new Session()
    session.send('input_reply', { value: 'early' }, { channel: 'stdin' })
    const { question } = await ask(session)
    session.send('input_reply', { value: 'stale' }, { channel: 'stdin', parent: { msg_id: 'other' } })
    expect(session.executor.answers).toEqual([])
    // Clients such as jupyter_client do not say what they answer.
    session.send('input_reply', { value: 'now' }, { channel: 'stdin' })
    session.send('input_reply', { value: 'again' }, { channel: 'stdin', parent: question.header })
    expect(session.executor.answers).toEqual([{ type: 'text', text: 'now' }])
  })

  it('ends with an interrupt', async () => {
    const session = new Session()
    await ask(session)
    await session.reply(session.send('interrupt_request', {}, { channel: 'control' }))
    expect(session.executor.answers).toEqual([{ type: 'interrupted' }])
  })
})

describe('subshells', () => {
  const control = { channel: 'control' } as const
  const create = async (session: Session): Promise<string> =>
    String((await session.reply(session.send('create_subshell_request', {}, control))).json.subshell_id)
  /** Asks a subshell to run a cell. */
  const runIn = (session: Session, subshell_id: string, content: object): Header => {
    const header = { ...makeHeader('execute_request', 'client'), subshell_id }
    session.send('execute_request', { ...content }, { header })
    return header
  }

  it('are made, listed and removed on the control channel', async () => {
    const session = new Session()
    const list = async () => (await session.reply(session.send('list_subshell_request', {}, control))).json
    const [a, b] = [await create(session), await create(session)]
    expect(await list()).toEqual({ status: 'ok', subshell_id: [a, b] })
    const remove = session.send('delete_subshell_request', { subshell_id: a }, control)
    expect((await session.reply(remove)).json).toEqual({ status: 'ok' })
    expect(await list()).toEqual({ status: 'ok', subshell_id: [b] })
    const again = session.send('delete_subshell_request', { subshell_id: a }, control)
    expect((await session.reply(again)).json).toMatchObject({ status: 'error', ename: 'UnknownSubshell' })
    expect(session.kinds(session.send('create_subshell_request'))).toEqual([])
    const info = (await session.reply(session.send('kernel_info_request'))).json
    expect(info.supported_features).toContain('kernel subshells')
  })

  it('run a cell while that of the main shell awaits, and leave the kernel busy', async () => {
    const session = new Session()
    const { executor } = session
    const id = await create(session)
    const main = session.send('execute_request', { code: 'main' })
    await turns(3)
    const sub = runIn(session, id, { code: 'sub' })
    const behind = runIn(session, id, { code: 'behind' })
    await turns(3)
    expect(executor.runs.map(({ script, count }) => [script, count])).toEqual([
      ['main', 1],
      ['sub', 2],
    ])
    const [first, second] = executor.runs
    executor.report({ type: 'stream', name: 'stdout', run: first!.run }, 'of main')
    executor.report({ type: 'stream', name: 'stdout', run: second!.run }, 'of sub')
    executor.finish()
    const { json, parent } = await session.reply(sub)
    expect([json.execution_count, parent.subshell_id]).toEqual([2, id])
    expect(session.of(sub).find(({ type }) => type === 'stream')!.json.text).toBe('of sub')
    expect(session.of(main).find(({ type }) => type === 'stream')!.json.text).toBe('of main')
    expect(session.language.committed).toEqual([2])
    await turns(3)
    executor.finish()
    await session.reply(behind)
    expect(session.sent.at(-1)).toMatchObject({ json: { execution_state: 'busy' }, parent: main })
    executor.report({ type: 'done', run: first!.run, outcome: { status: 'ok' } })
    expect((await session.reply(main)).json.execution_count).toBe(1)
    expect(session.sent.at(-1)!.json).toEqual({ execution_state: 'idle' })
    expect(session.language.committed).toEqual([2, 3, 1])
  })

  it('abort their own queue after an error, and no other', async () => {
    const session = new Session()
    const id = await create(session)
    const main = session.send('execute_request', { code: 'main' })
    const later = session.send('execute_request', { code: 'later' })
    await turns(3)
    const sub = runIn(session, id, { code: 'wrong' })
    const behind = runIn(session, id, { code: 'behind' })
    expect((await session.reply(sub)).json.status).toBe('error')
    expect((await session.reply(behind)).json.status).toBe('aborted')
    session.executor.finish()
    await session.reply(main)
    await turns(3)
    session.executor.finish()
    expect((await session.reply(later)).json.status).toBe('ok')
  })

  it('that are removed answer what waits in them', async () => {
    const session = new Session()
    const id = await create(session)
    const running = runIn(session, id, { code: 'a' })
    const waiting = runIn(session, id, { code: 'b' })
    await turns(3)
    session.send('delete_subshell_request', { subshell_id: id }, control)
    expect((await session.reply(waiting)).json.status).toBe('aborted')
    session.executor.finish()
    expect((await session.reply(running)).json.status).toBe('ok')
  })

  it.each(['unknown', '__proto__', 5])('that are not there answer by an error: %j', async (id) => {
    const session = new Session()
    const { json } = await session.reply(runIn(session, id as string, { code: 'a' }))
    expect(json).toMatchObject({ status: 'error', ename: 'UnknownSubshell' })
    expect(session.executor.commands).toEqual([])
  })

  it('all end with an interrupt', async () => {
    const session = new Session()
    const id = await create(session)
    const cells = [session.send('execute_request', { code: 'main' }), runIn(session, id, { code: 'sub' })]
    await turns(3)
    session.kernel.interrupt()
    expect(session.executor.commands.at(-1)).toEqual({ type: 'interrupt' })
    for (const { run } of session.executor.runs) {
      const error = { ename: 'Interrupted', evalue: '', traceback: [] }
      session.executor.report({ type: 'done', run, outcome: { status: 'error', error } })
    }
    for (const cell of cells) expect((await session.reply(cell)).json.ename).toBe('Interrupted')
  })

  it('keep the order of comm messages, whichever shell they name', async () => {
    const session = new Session()
    const id = await create(session)
    for (const [n, subshell_id] of [id, null, 'gone', id].entries()) {
      const header = { ...makeHeader('comm_msg', 'client'), subshell_id }
      session.send('comm_msg', { comm_id: 'a', data: n }, { header })
    }
    expect(
      session.executor.commands.map((command) => ('content' in command ? command.content.data : '')),
    ).toEqual([0, 1, 2, 3])
  })
})

describe('a silent cell', () => {
  it('says nothing and counts nothing, and runs', async () => {
    const session = new Session()
    const silent = await session.run('a', { silent: true })
    expect(session.kinds(silent)).toEqual(['busy', 'execute_reply', 'idle'])
    expect(session.executor.runs[0]!.mode).toBe('silent')
    const failing = await session.run('wrong', { silent: true })
    expect(session.kinds(failing)).toEqual(['busy', 'execute_reply', 'idle'])
    const unstored = await session.run('b', { store_history: false })
    expect((await session.reply(unstored)).json.execution_count).toBe(0)
    expect((await session.reply(await session.run('c'))).json.execution_count).toBe(1)
  })

  it('may leave out or make null what has a default', async () => {
    const session = new Session()
    const options = { silent: null, store_history: null, user_expressions: null, allow_stdin: null }
    expect((await session.reply(await session.run('a', options))).json.status).toBe('ok')
    expect(session.executor.runs[0]).toMatchObject({ mode: 'cell', allowInput: false, count: 1 })
  })
})

describe('an interrupt', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('while types are checked keeps the cell from starting', async () => {
    const session = new Session()
    const cell = session.send('execute_request', { code: 'a' })
    session.kernel.interrupt()
    expect((await session.reply(cell)).json).toMatchObject({ status: 'error', ename: 'Interrupted' })
    expect([session.executor.runs, session.language.discarded]).toEqual([[], [1]])
    expect((await session.reply(await session.run('b'))).json.status).toBe('ok')
  })

  it('costs the executor after five seconds if one of the cells goes on', async () => {
    vi.useFakeTimers()
    const session = new Session()
    const header = makeHeader('create_subshell_request', 'client')
    session.send('create_subshell_request', {}, { channel: 'control', header })
    await vi.advanceTimersByTimeAsync(1)
    const subshell_id = String(
      session.of(header).find(({ type }) => type.endsWith('_reply'))!.json.subshell_id,
    )
    session.send('execute_request', { code: 'a' })
    const sub = { ...makeHeader('execute_request', 'client'), subshell_id }
    session.send('execute_request', { code: 'b' }, { header: sub })
    await vi.advanceTimersByTimeAsync(1)
    session.kernel.interrupt()
    session.executor.finish()
    await vi.advanceTimersByTimeAsync(4900)
    expect(session.executor.state).toBe('running')
    await vi.advanceTimersByTimeAsync(200)
    expect(session.executor.state).toBe('killed')
  })

  it('costs nothing when the cell ends, nor does one while none runs', async () => {
    vi.useFakeTimers()
    const session = new Session()
    session.kernel.interrupt()
    session.send('execute_request', { code: 'a' })
    await vi.advanceTimersByTimeAsync(6000)
    expect(session.executor.state).toBe('running')
    session.kernel.interrupt()
    session.executor.finish()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(session.executor.state).toBe('running')
  })
})

describe('an executor that dies', () => {
  it('ends the cells of all shells, and the next cell runs', async () => {
    const session = new Session()
    const cell = session.send('execute_request', { code: 'a' })
    await turns(3)
    session.executor.emit('exit', 'by signal SIGSEGV')
    expect((await session.reply(cell)).json).toMatchObject({ status: 'error', ename: 'ProcessEnded' })
    expect((await session.reply(await session.run('b'))).json.status).toBe('ok')
  })

  it('closes its comms for the front end', async () => {
    const session = new Session()
    const comm = { id: 'a', target: 't' }
    session.executor.report({ type: 'publish', run: 0, message: 'comm_open', comm }, '{"comm_id":"a"}')
    const list = async () => (await session.reply(session.send('comm_info_request'))).json.comms
    expect(await list()).toEqual({ a: { target_name: 't' } })
    session.executor.emit('exit', 'with exit code 1')
    const closed = session.sent.filter(({ type }) => type === 'comm_close')
    expect(closed.map(({ json }) => json)).toEqual([{ comm_id: 'a', data: {} }])
    expect(await list()).toEqual({})
  })
})

describe('a cell that asks for help', () => {
  it.each(['known?', '?known', ' known ?? ', '??known'])('%j shows the pager', async (code) => {
    const session = new Session()
    const request = await session.run(code)
    expect((await session.reply(request)).json).toMatchObject({
      status: 'ok',
      execution_count: 1,
      payload: [{ source: 'page', data: { 'text/markdown': '**known**', 'text/plain': 'known' }, start: 0 }],
    })
    expect(session.executor.commands).toEqual([])
    const whole = await session.reply(session.send('is_complete_request', { code }))
    expect(whole.json).toEqual({ status: 'complete' })
  })

  it('says when nothing is known', async () => {
    const session = new Session()
    const { json } = await session.reply(await session.run('un.known?'))
    expect(json.payload).toEqual([
      { source: 'page', data: { 'text/plain': 'Nothing is known of un.known.' }, start: 0 },
    ])
  })

  it.each(['?known?', 'a ? b : c', 'a?.b', 'f()?', '?', '1?', 'known'])('%j is a program', async (code) => {
    const session = new Session()
    await session.run(code)
    expect(session.executor.runs.map(({ source }) => source)).toEqual([code])
  })
})

describe('history', () => {
  it('tells results as text', async () => {
    const session = new Session()
    const cell = session.send('execute_request', { code: '6 * 7' })
    await turns(3)
    const result = '{"execution_count":1,"data":{"text/plain":"42"},"metadata":{}}'
    session.executor.report({ type: 'publish', message: 'execute_result', run: 1 }, result)
    session.executor.finish()
    await session.reply(cell)
    const { json } = await session.reply(
      session.send('history_request', { hist_access_type: 'range', session: 0, start: 1, output: true }),
    )
    expect(json.history).toEqual([[1, 1, ['6 * 7', '42']]])
  })
})

describe('a language service that dies', () => {
  it.each(['prepare', 'commit', 'inspect', 'complete'] as const)(
    'at %s costs no more than that answer',
    async (method) => {
      const session = new Session()
      const { [method]: whole } = session.language
      Object.assign(session.language, { [method]: () => Promise.reject(new Error('out of memory')) })
      await session.run('a')
      await session.run('known?')
      const { json } = await session.reply(session.send('complete_request', { code: 'a' }))
      expect(json.status).toBe(method === 'complete' ? 'error' : 'ok')
      Object.assign(session.language, { [method]: whole })
      expect((await session.reply(await session.run('b'))).json.status).toBe('ok')
    },
  )
})

describe('half a surrogate pair', () => {
  it('is shown and run as what stands for no character', async () => {
    const session = new Session()
    const request = await session.run('a\ud83d😀')
    expect(session.of(request)[1]!.json.code).toBe('a\uFFFD😀')
    expect(session.executor.runs[0]!.source).toBe('a\uFFFD😀')
  })
})

describe('user expressions', () => {
  it('keep names that JavaScript treats apart', async () => {
    const session = new Session()
    const expressions = JSON.parse('{"__proto__":"wrong","b":"wrong"}')
    const { json } = await session.reply(await session.run('1', { user_expressions: expressions }))
    expect(Object.keys(json.user_expressions as object)).toEqual(['__proto__', 'b'])
  })
})

/** JSON that can be read and not be written: `JSON.stringify` calls itself for each level. */
const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`

describe('messages that are none', () => {
  it('are refused however deep the wrong value is', async () => {
    const session = new Session()
    for (const content of [{ code: 'a', user_expressions: JSON.parse(deep) }, { code: JSON.parse(deep) }]) {
      const { json } = await session.reply(session.send('execute_request', content))
      expect(json.ename).toBe('InvalidRequest')
    }
  })

  it('cannot be handed to a cell when too deep, and leave the kernel idle', () => {
    const session = new Session()
    const send = session.executor.send.bind(session.executor)
    session.executor.send = (command, parts) => send(JSON.parse(JSON.stringify(command)), parts)
    const request = session.send('comm_open', { comm_id: 'a', target_name: 't', data: JSON.parse(deep) })
    expect(session.kinds(request)).toEqual(['busy', 'idle'])
    expect(session.executor.commands).toEqual([])
    expect(session.lines).toHaveLength(1)
  })

  it.each([
    ['shell', 'nonsense_request'],
    ['shell', 'constructor'],
    ['shell', '__proto__'],
    ['shell', 'input_reply'],
    ['stdin', 'execute_request'],
    ['stdin', 'shutdown_request'],
    ['stdin', 'comm_msg'],
  ] as const)('on %s: %s changes nothing and is noted', async (channel, type) => {
    const session = new Session()
    const request = session.send(type, { code: 'x', comm_id: 'a', target_name: 't' }, { channel })
    await turns(3)
    expect(session.of(request)).toEqual([])
    expect(session.executor.commands).toEqual([])
    expect(session.lines).toHaveLength(1)
    expect(session.lines[0]).toContain(type)
  })

  it.each([
    ['execute_request', { code: 5 }],
    ['execute_request', {}],
    ['execute_request', { code: 'a', user_expressions: [] }],
    ['execute_request', { code: 'a', silent: 'yes' }],
    ['execute_request', { code: 'a', user_expressions: { b: [1] } }],
    ['complete_request', { code: null }],
    ['complete_request', { code: 'a', cursor_pos: 'x' }],
    ['inspect_request', { cursor_pos: 1 }],
    ['is_complete_request', { code: {} }],
    ['history_request', { n: 'all' }],
    ['comm_info_request', { target_name: 1 }],
    ['shutdown_request', { restart: 'now' }],
  ])('%s with %o is answered by an error and does nothing', async (type, content) => {
    const session = new Session()
    const request = session.send(type, content)
    const { json } = await session.reply(request)
    expect(json).toMatchObject({ status: 'error', ename: 'InvalidRequest' })
    expect(session.kinds(request)).toEqual(['busy', type.replace('request', 'reply'), 'idle'])
    expect([session.lines.length, session.executor.commands.length, session.stopped]).toEqual([1, 0, 0])
  })

  it.each([
    ['comm_open', { comm_id: 'a' }],
    ['comm_msg', { comm_id: 7 }],
    ['comm_close', {}],
  ])('%s with %o reaches no cell', async (type, content) => {
    const session = new Session()
    expect(session.kinds(session.send(type, content))).toEqual([])
    expect([session.lines.length, session.executor.commands.length]).toEqual([1, 0])
  })

  it.each([-1, 0, 2.5, 1e9, 3])('a cursor at %d lies within the text', async (cursor_pos) => {
    const session = new Session()
    const { json } = await session.reply(session.send('complete_request', { code: 'abc', cursor_pos }))
    expect(json.status).toBe('ok')
    expect(json.cursor_start).toBe(Math.min(3, Math.max(0, Math.ceil(cursor_pos))))
  })

  it('are noted in few lines however many they are', async () => {
    const session = new Session()
    for (let i = 0; i < 1000; i++) session.kernel.refuse(`bad\n${'x'.repeat(1000)}`)
    session.kernel.stop()
    expect(session.lines).toHaveLength(21)
    expect(session.lines.every((line) => !line.includes('\n') && line.length < 400)).toBe(true)
    expect(session.lines.at(-1)).toContain('980 more')
  })
})
