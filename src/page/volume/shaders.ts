/**
 * |ψ|² as a glowing fog: along each line of sight from the eye, a step of length s adds the colour of arg ψ with the opacity
 * 1 − exp(−κ|ψ|²s), dimmed by all that lies before it, until hardly anything behind would be seen.
 *
 * @see N. Max, "Optical Models for Direct Volume Rendering", IEEE TVCG 1, 99 (1995), section 4, absorption and emission
 */

/** One triangle over the picture. */
export const VERTEX = `#version 300 es
void main() {
  gl_Position = vec4(vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4. - 1., 0., 1.);
}`

export const FRAGMENT = `#version 300 es
precision highp float;
precision highp sampler3D;
uniform sampler3D psi;
uniform sampler2D hues;
uniform mat3 basis; // right, up, towards the eye
uniform vec2 pixels, extent; // of the picture, and half of what it shows
uniform vec3 box, count; // half edges, points
uniform float opacity, stride;
out vec4 colour;

void main() {
  vec3 from = basis * vec3((gl_FragCoord.xy / pixels * 2. - 1.) * extent, 0.);
  vec3 along = -basis[2];
  along += vec3(lessThan(abs(along), vec3(1e-5))) * 1e-5;
  vec3 a = (-box - from) / along, b = (box - from) / along;
  vec3 low = min(a, b), high = max(a, b);
  float t = max(low.x, max(low.y, low.z)), end = min(high.x, min(high.y, high.z));
  // The steps of all lines lie in common planes: no rings where the box begins.
  t = (ceil(t / stride - .5) + .5) * stride;
  vec4 sum = vec4(0.);
  for (; t < end && sum.a < .985; t += stride) {
    vec3 at = ((from + t * along) / box * .5 + .5) * (count - 1.) + .5;
    vec4 bytes = textureLod(psi, (at / count).zyx, 0.);
    vec2 wave = (bytes.rb * 65280. + bytes.ga * 255. - 32768.) / 32767.;
    float density = dot(wave, wave);
    if (density < 1e-3) continue;
    vec3 hue = textureLod(hues, vec2(atan(wave.y, wave.x) / 6.2831853 + .5 / 256., .5), 0.).rgb;
    sum += (1. - sum.a) * (1. - exp(-opacity * density * stride)) * vec4(hue, 1.);
  }
  colour = sum;
}`
