import type { TableProblem } from '@aracari/api';

/** The sentence that belongs at exactly this place or, for a part that has no places of its own, below it. */
export function problemAt(problems: TableProblem[], field: string): string | undefined {
  return problems.find((problem) => problem.field === field)?.what;
}

export function problemWithin(problems: TableProblem[], field: string): string | undefined {
  return problems.find((problem) => isWithin(problem.field, field))?.what;
}

export function isWithin(field: string, place: string): boolean {
  return field === place || field.startsWith(`${place}.`) || field.startsWith(`${place}[`);
}
