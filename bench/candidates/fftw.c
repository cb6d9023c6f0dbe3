/*
 * FFTW in C: a split-operator loop with FFTW_PATIENT plans in place and two multiplications by tables.
 * build: -O3 -march=native -fcx-limited-range -fopenmp -lfftw3_omp -lfftw3 -lm
 */
#include <complex.h>
#include <fftw3.h>
#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef double complex cplx;

static char folder[4096], wisdom[4096], file[4096];
static int dimension, shape[3], real, steps, threads;
static long size, modes;
static void *start, *field, *half, *whole, *kinetic;
static fftw_plan forward, inverse;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

static double number(const char *line, const char *key) {
  char pattern[64];
  snprintf(pattern, sizeof pattern, "\"%s\":", key);
  const char *at = strstr(line, pattern);
  return at ? atof(at + strlen(pattern)) : 0;
}

static void text(const char *line, const char *key, char *out) {
  char pattern[64];
  snprintf(pattern, sizeof pattern, "\"%s\":\"", key);
  const char *at = strstr(line, pattern);
  size_t n = at ? strcspn(at += strlen(pattern), "\"") : 0;
  memcpy(out, at, n);
  out[n] = 0;
}

static void *read_table(const char *name, long doubles) {
  char where[4200];
  snprintf(where, sizeof where, "%s/%s.f64", folder, name);
  double *table = fftw_malloc(doubles * sizeof(double));
  FILE *f = fopen(where, "rb");
  if (!f || fread(table, sizeof(double), doubles, f) != (size_t)doubles) exit(1);
  fclose(f);
  return table;
}

/* Most seconds of a search; on a busy machine one for two threads might not end. */
#define SEARCH 20

static void plan(unsigned flags) {
  fftw_set_timelimit(SEARCH);
  fftw_plan_with_nthreads(threads);
  if (real) {
    forward = fftw_plan_dft_r2c(dimension, shape, field, field, flags);
    inverse = fftw_plan_dft_c2r(dimension, shape, field, field, flags);
  } else {
    forward = fftw_plan_dft(dimension, shape, field, field, FFTW_FORWARD, flags);
    inverse = fftw_plan_dft(dimension, shape, field, field, FFTW_BACKWARD, flags);
  }
}

/* e^{-aT} on the modes, with the 1/n of the transforms; of a real field the last axis has n/2 + 1 modes. */
static void kinetic_table(void) {
  double *axis[3];
  long width = real ? 1 : 2, last = shape[dimension - 1], kept = real ? last / 2 + 1 : last;
  for (int d = 0; d < dimension; d++) {
    char name[8];
    snprintf(name, sizeof name, "k%d", d);
    axis[d] = read_table(name, width * shape[d]);
  }
  modes = size / last * kept;
  kinetic = fftw_malloc(modes * width * sizeof(double));
  for (long i = 0; i < modes; i++) {
    cplx value = 1.0 / size;
    long rest = i;
    for (int d = dimension - 1; d >= 0; d--) {
      long n = d == dimension - 1 ? kept : shape[d], j = rest % n;
      rest /= n;
      value *= real ? axis[d][j] : axis[d][2 * j] + I * axis[d][2 * j + 1];
    }
    if (real)
      ((double *)kinetic)[i] = creal(value);
    else
      ((cplx *)kinetic)[i] = value;
  }
  for (int d = 0; d < dimension; d++) fftw_free(axis[d]);
}

/* Rows of a real field in place are padded to hold their modes. */
static void copy_rows(double *to, const double *from, long padded_to, long padded_from) {
  long last = shape[dimension - 1], rows = size / last;
  for (long r = 0; r < rows; r++)
    memcpy(to + r * padded_to, from + r * padded_from, last * sizeof(double));
}

static void multiply_complex(cplx *restrict psi, const cplx *restrict table, long n) {
#pragma omp parallel for num_threads(threads) if (threads > 1)
  for (long i = 0; i < n; i++) psi[i] *= table[i];
}

static void multiply_real(double *restrict psi, const double *restrict table) {
  long last = shape[dimension - 1], rows = size / last, padded = 2 * (last / 2 + 1);
#pragma omp parallel for num_threads(threads) if (threads > 1)
  for (long r = 0; r < rows; r++)
    for (long j = 0; j < last; j++) psi[r * padded + j] *= table[r * last + j];
}

static void multiply_modes(cplx *restrict psi, const double *restrict table) {
#pragma omp parallel for num_threads(threads) if (threads > 1)
  for (long i = 0; i < modes; i++) psi[i] *= table[i];
}

static void potential(const void *table) {
  if (real)
    multiply_real(field, table);
  else
    multiply_complex(field, table, size);
}

static double run(void) {
  long last = shape[dimension - 1];
  if (real)
    copy_rows(field, start, 2 * (last / 2 + 1), last);
  else
    memcpy(field, start, size * sizeof(cplx));
  double begin = now();
  potential(half);
  for (int s = 0; s < steps; s++) {
    fftw_execute(forward);
    if (real)
      multiply_modes(field, kinetic);
    else
      multiply_complex(field, kinetic, size);
    fftw_execute(inverse);
    potential(s == steps - 1 ? half : whole);
  }
  return now() - begin;
}

static void prepare(const char *line) {
  text(line, "folder", folder);
  text(line, "cache", wisdom);
  strcat(wisdom, "/fftw.wisdom");
  const char *at = strstr(line, "\"shape\":[") + 9;
  size = 1;
  for (dimension = 0; dimension < 3 && *at != ']'; dimension++) {
    char *end;
    size *= shape[dimension] = strtol(at, &end, 10);
    at = *end == ',' ? end + 1 : end;
  }
  real = strstr(line, "\"real\":true") != NULL;
  steps = number(line, "steps");
  threads = number(line, "threads");
  long last = shape[dimension - 1];
  long doubles = real ? size / last * 2 * (last / 2 + 1) : 2 * size;
  field = fftw_malloc(doubles * sizeof(double));
  memset(field, 0, doubles * sizeof(double));
  fftw_import_wisdom_from_filename(wisdom);
  double begin = now();
  plan(strstr(line, "\"plan\":\"measure\"") ? FFTW_MEASURE : FFTW_PATIENT);
  double planning = now() - begin;
  fftw_export_wisdom_to_filename(wisdom);
  long width = real ? 1 : 2;
  start = read_table("psi", width * size);
  half = read_table("half", width * size);
  whole = read_table("whole", width * size);
  kinetic_table();
  printf("{\"seconds\":%.9f}\n", planning);
}

static void check(const char *line) {
  text(line, "file", file);
  FILE *f = fopen(file, "wb");
  if (real) {
    long last = shape[dimension - 1];
    for (long r = 0; r < size / last; r++)
      fwrite((double *)field + r * 2 * (last / 2 + 1), sizeof(double), last, f);
  } else
    fwrite(field, sizeof(cplx), size, f);
  fclose(f);
  printf("{\"field\":true}\n");
}

int main(void) {
  static char line[1 << 16];
  fftw_init_threads();
  while (fgets(line, sizeof line, stdin)) {
    if (strstr(line, "\"do\":\"describe\""))
      printf(
          "{\"name\":\"FFTW C\",\"version\":\"%s\",\"language\":\"C\",\"work\":{\"strang\":["
          "{\"name\":\"1 thread\",\"threads\":1},{\"name\":\"2 threads\",\"threads\":2}]}}\n",
          fftw_version);
    else if (strstr(line, "\"do\":\"prepare\""))
      prepare(line);
    else if (strstr(line, "\"do\":\"run\""))
      printf("{\"seconds\":%.9f}\n", run());
    else if (strstr(line, "\"do\":\"check\""))
      check(line);
    fflush(stdout);
  }
  return 0;
}
