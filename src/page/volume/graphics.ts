/**
 * The one WebGL context of the page. A page has few of them, and a notebook many figures: all volumes are drawn here, out
 * of sight, and copied to where they are seen. It is made for the first and given back after the last.
 */
import { FRAGMENT, VERTEX } from './shaders.js'

export interface Scene {
  readonly block: Block
  /** RGBA of 256 phases. */
  readonly hues: Uint8Array
  readonly size: readonly [width: number, height: number]
  /** Right, up, towards the eye. */
  readonly basis: readonly number[]
  /** Half the width and height of what is seen. */
  readonly extent: readonly [number, number]
  readonly box: readonly number[]
  /** Opacity of one unit of length at the largest |ψ|². */
  readonly opacity: number
}

/** Samples on the card. */
export interface Block {
  readonly points: readonly number[]
  readonly texture: WebGLTexture
}

/** Who draws here, and is told when that has become impossible. */
export interface User {
  lost(): void
}

/** Steps along a line of sight, an interval between samples. */
const STEPS = 1

let shared: Graphics | undefined
const users = new Set<User>()

/** The context of the page; undefined where there is none. */
export function graphicsFor(user: User): Graphics | undefined {
  shared ??= Graphics.make(() => {
    shared = undefined
    const all = [...users]
    users.clear()
    for (const user of all) user.lost()
  })
  if (shared) users.add(user)
  return shared
}

/** The user draws no more; with the last one the context goes. */
export function leaveGraphics(user: User): void {
  users.delete(user)
  if (users.size > 0) return
  shared?.dispose()
  shared = undefined
}

export class Graphics {
  readonly #canvas: HTMLCanvasElement
  readonly #gl: WebGL2RenderingContext
  readonly #program: WebGLProgram
  readonly #hues: WebGLTexture
  readonly #lost: () => void
  #shownHues: Uint8Array | undefined

  /** Undefined where the browser has no WebGL 2. */
  static make(lost: () => void): Graphics | undefined {
    const canvas = document.createElement('canvas')
    const gl = canvas.getContext('webgl2', { antialias: false, depth: false })
    if (!gl) return undefined
    const program = programOf(gl)
    return program && new Graphics(canvas, gl, program, lost)
  }

  private constructor(
    canvas: HTMLCanvasElement,
    gl: WebGL2RenderingContext,
    program: WebGLProgram,
    lost: () => void,
  ) {
    this.#canvas = canvas
    this.#gl = gl
    this.#program = program
    this.#lost = lost
    canvas.addEventListener('webglcontextlost', lost)
    gl.useProgram(program)
    this.#hues = gl.createTexture()
    gl.activeTexture(gl.TEXTURE1)
    gl.bindTexture(gl.TEXTURE_2D, this.#hues)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR)
    // Phases go round.
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.REPEAT)
    gl.uniform1i(this.#place('hues'), 1)
    gl.activeTexture(gl.TEXTURE0)
  }

  /** Most points along an axis. */
  get most(): number {
    return this.#gl.getParameter(this.#gl.MAX_3D_TEXTURE_SIZE) as number
  }

  /** Room for samples in C order with so many points along each axis. */
  block(points: readonly number[]): Block {
    const gl = this.#gl
    const texture = gl.createTexture()
    gl.bindTexture(gl.TEXTURE_3D, texture)
    const [x, y, z] = points as [number, number, number]
    gl.texStorage3D(gl.TEXTURE_3D, 1, gl.RGBA8, z, y, x)
    gl.texParameteri(gl.TEXTURE_3D, gl.TEXTURE_MIN_FILTER, gl.LINEAR)
    for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T, gl.TEXTURE_WRAP_R])
      gl.texParameteri(gl.TEXTURE_3D, side, gl.CLAMP_TO_EDGE)
    return { points, texture }
  }

  fill({ points, texture }: Block, samples: Uint8Array): void {
    const gl = this.#gl
    const [x, y, z] = points as [number, number, number]
    gl.bindTexture(gl.TEXTURE_3D, texture)
    gl.texSubImage3D(gl.TEXTURE_3D, 0, 0, 0, 0, z, y, x, gl.RGBA, gl.UNSIGNED_BYTE, samples)
  }

  free({ texture }: Block): void {
    this.#gl.deleteTexture(texture)
  }

  /** A picture with transparent ground, good until the next is drawn. */
  draw({ block, hues, size, basis, extent, box, opacity }: Scene): HTMLCanvasElement {
    const gl = this.#gl
    const canvas = this.#canvas
    if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size
    gl.viewport(0, 0, ...size)
    if (hues !== this.#shownHues) {
      this.#shownHues = hues
      gl.activeTexture(gl.TEXTURE1)
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, hues.length / 4, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, hues)
      gl.activeTexture(gl.TEXTURE0)
    }
    gl.bindTexture(gl.TEXTURE_3D, block.texture)
    const spacing = Math.min(...box.map((half, d) => (2 * half) / (block.points[d]! - 1)))
    gl.uniformMatrix3fv(this.#place('basis'), false, basis)
    gl.uniform2fv(this.#place('pixels'), size)
    gl.uniform2fv(this.#place('extent'), extent)
    gl.uniform3fv(this.#place('box'), box)
    gl.uniform3fv(this.#place('count'), block.points)
    gl.uniform1f(this.#place('opacity'), opacity)
    gl.uniform1f(this.#place('stride'), spacing / STEPS)
    gl.drawArrays(gl.TRIANGLES, 0, 3)
    return canvas
  }

  dispose(): void {
    this.#canvas.removeEventListener('webglcontextlost', this.#lost)
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext()
  }

  #place(name: string): WebGLUniformLocation | null {
    return this.#gl.getUniformLocation(this.#program, name)
  }
}

function programOf(gl: WebGL2RenderingContext): WebGLProgram | undefined {
  const program = gl.createProgram()
  for (const [type, text] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(type)!
    gl.shaderSource(shader, text)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
  }
  gl.linkProgram(program)
  return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : undefined
}
