import type { RuleGroup, RuleTree, TableProblem } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import {
  addNode,
  deepest,
  isGroup,
  type Junction,
  junctionOf,
  makeGroup,
  nodesOf,
  withNode,
  withoutNode,
} from './rule-tree.js';

type Leaf = object;
/** Draws one condition. `change` replaces it, `remove` takes it away. */
export type RenderLeaf = (
  leaf: never,
  path: string,
  change: (leaf: Leaf) => void,
  remove: (() => void) | undefined,
) => unknown;

/**
 * A group of conditions joined by AND or OR, with groups within.
 * @fires app-changed - Detail is the group after the change.
 * @fires app-removed - The group has lost its last condition, or was taken away.
 */
@customElement('app-rule-group')
export class AppRuleGroup extends LitElement {
  @property({ attribute: false }) group: RuleGroup<Leaf> = { and: [] };
  /** Its JSON path in the table. */
  @property({ attribute: false }) path = '';
  @property({ attribute: false }) depth = 0;
  @property({ attribute: false }) problems: TableProblem[] = [];
  @property({ attribute: false }) renderLeaf: RenderLeaf = () => nothing;
  @property({ attribute: false }) newLeaf: () => Leaf = () => ({});
  /** What the conditions are about, for the labels. */
  @property() about = 'rows';

  static override styles = [
    baseStyles,
    css`
      .group {
        display: grid;
        gap: 0.625rem;
      }
      :host([nested]) .group {
        padding: 0.75rem;
        border: 1px solid var(--wa-color-surface-border);
        border-inline-start: 3px solid var(--wa-color-brand-border-normal);
        border-radius: var(--wa-border-radius-m);
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
        justify-content: space-between;
        align-items: center;
      }
      .head wa-select {
        flex: 0 1 15rem;
      }
      wa-select::part(form-control-label) {
        position: absolute;
        clip-path: inset(50%);
      }
      .word {
        color: var(--wa-color-text-quiet);
        font-size: 0.75rem;
        font-weight: 600;
        letter-spacing: 0.04em;
      }
      .add {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
      }
    `,
  ];

  override willUpdate(): void {
    this.toggleAttribute('nested', this.depth > 0);
  }

  override render() {
    const nodes = nodesOf(this.group);
    const junction = junctionOf(this.group);
    return html`<div class="group" role="group" aria-label="Conditions on ${this.about}">
      ${nodes.length > 1 || this.depth > 0 ? this.#renderHead(junction) : nothing}
      ${nodes.map((node, index) => [
        index > 0 ? html`<span class="word">${junction === 'and' ? 'AND' : 'OR'}</span>` : nothing,
        this.#renderNode(node, index, `${this.path}.${junction}[${index}]`),
      ])}
      <div class="add">
        <wa-button
          size="s"
          appearance="plain"
          @click=${() => this.#tell(addNode(this.group, this.newLeaf()))}
        >
          <wa-icon slot="start" name="plus"></wa-icon>Add condition
        </wa-button>
        ${
          this.depth < deepest
            ? html`<wa-button size="s" appearance="plain" @click=${this.#addGroup}>
                <wa-icon slot="start" name="plus"></wa-icon>Add group
              </wa-button>`
            : nothing
        }
      </div>
    </div>`;
  }

  #renderHead(junction: Junction) {
    return html`<div class="head">
      <wa-select
        size="s"
        label="How conditions are joined"
        .value=${junction}
        @change=${(event: Event) => this.#join((event.target as HTMLInputElement).value as Junction)}
      >
        <wa-option value="and">All of these (AND)</wa-option>
        <wa-option value="or">Any of these (OR)</wa-option>
      </wa-select>
      ${
        this.depth > 0
          ? html`<wa-button
              size="s"
              appearance="plain"
              @click=${() => this.dispatchEvent(new Event('app-removed'))}
              >Remove group</wa-button
            >`
          : nothing
      }
    </div>`;
  }

  #renderNode(node: RuleTree<Leaf>, index: number, path: string): unknown {
    const change = (next: RuleTree<Leaf>) => this.#tell(withNode(this.group, index, next));
    const remove = () => this.#remove(index);
    if (!isGroup(node)) {
      const last = this.depth === 0 && nodesOf(this.group).length === 1;
      return this.renderLeaf(node as never, path, change, last ? undefined : remove);
    }
    return html`<app-rule-group
      .group=${node}
      .path=${path}
      .depth=${this.depth + 1}
      .problems=${this.problems}
      .renderLeaf=${this.renderLeaf}
      .newLeaf=${this.newLeaf}
      about=${this.about}
      @app-changed=${(event: CustomEvent<RuleGroup<Leaf>>) => change(event.detail)}
      @app-removed=${remove}
    ></app-rule-group>`;
  }

  #addGroup(): void {
    // Within AND, a group is drawn in order to say OR, and the other way round.
    const junction = junctionOf(this.group) === 'and' ? 'or' : 'and';
    const inner = makeGroup(junction, [this.newLeaf(), this.newLeaf()]);
    this.#tell(addNode(this.group, inner));
  }

  #join(junction: Junction): void {
    this.#tell(makeGroup(junction, nodesOf(this.group)));
  }

  #remove(index: number): void {
    const left = withoutNode(this.group, index);
    if (!left) {
      this.dispatchEvent(new Event('app-removed'));
      return;
    }
    this.#tell(left);
    // The button that was pressed is gone: the keyboard goes on where a condition is added.
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('.add wa-button')?.focus(),
    );
  }

  #tell(group: RuleGroup<Leaf>): void {
    this.dispatchEvent(new CustomEvent('app-changed', { detail: group }));
  }
}
