/** Text of a named field of a form; empty when the field is empty or not there. */
export function fieldText(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value : '';
}

/** Text of the control that told of a change; empty when nothing is chosen. */
export function changedText(event: Event): string {
  return String((event.target as HTMLInputElement).value ?? '');
}
