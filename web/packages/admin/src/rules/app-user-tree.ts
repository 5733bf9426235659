import type { TableProblem, TokenAttribute, UserCondition, UserTree } from '@aracari/api';
import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import './app-rule-group.js';
import type { RenderLeaf } from './app-rule-group.js';
import './app-user-condition.js';
import { newUserCondition } from './new-rule.js';
import { asGroup } from './rule-tree.js';

/**
 * The *if* of a rule or of an exception: conditions on the user who asks.
 * @fires app-changed - Detail is the tree.
 */
@customElement('app-user-tree')
export class AppUserTree extends LitElement {
  @property({ attribute: false }) tree!: UserTree;
  @property({ attribute: false }) tokenAttributes: TokenAttribute[] = [];
  @property({ attribute: false }) path = '';
  @property({ attribute: false }) problems: TableProblem[] = [];

  static override styles = [baseStyles];

  override render() {
    const renderLeaf: RenderLeaf = (leaf: UserCondition, path, change, remove) =>
      html`<app-user-condition
        .condition=${leaf}
        .tokenAttributes=${this.tokenAttributes}
        .path=${path}
        .problems=${this.problems}
        ?removable=${Boolean(remove)}
        @app-changed=${(event: CustomEvent<UserCondition>) => change(event.detail)}
        @app-removed=${() => remove?.()}
      ></app-user-condition>`;
    return html`<app-rule-group
      about="the user"
      .group=${asGroup(this.tree)}
      .path=${this.path}
      .problems=${this.problems}
      .renderLeaf=${renderLeaf}
      .newLeaf=${newUserCondition}
      @app-changed=${(event: CustomEvent<UserTree>) => this.#tell(event.detail)}
    ></app-rule-group>`;
  }

  #tell(tree: UserTree): void {
    this.dispatchEvent(new CustomEvent('app-changed', { detail: tree }));
  }
}
