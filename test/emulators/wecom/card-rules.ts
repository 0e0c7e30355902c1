import { asText, bytesOf, isObject } from '../world/json-values';
import type { CardView } from '../world/observation';

/** The rules of `template_card`, by type. @see https://developer.work.weixin.qq.com/document/path/101032 (read 2026-07) */
const TASK_ID = /^[0-9A-Za-z_\-@]{1,128}$/;

export interface ReadCard {
  readonly kind: string;
  readonly title: string;
  readonly body: string;
  readonly link: string | null;
  readonly taskId: string;
  readonly view: CardView;
}

class Broken extends Error {}

/** The first broken field, or the card as a phone draws it. */
export function readCard(card: unknown): ReadCard | { readonly field: string } {
  try {
    if (!isObject(card)) throw new Broken('template_card');
    return read(card);
  } catch (error) {
    if (error instanceof Broken) return { field: error.message };
    throw error;
  }
}

function read(card: Record<string, unknown>): ReadCard {
  const type = asText(card.card_type);
  const main = isObject(card.main_title) ? card.main_title : {};
  const title = asText(main.title);
  const taskId = asText(card.task_id);
  const parts = partsOf(type, card);
  const isInteractive = type !== 'text_notice';
  need(title !== '' || (!isInteractive && asText(card.sub_title_text) !== ''), 'main_title.title');
  need(TASK_ID.test(taskId) || (!isInteractive && taskId === '' && card.action_menu === undefined), 'task_id');
  need(listOf(card.horizontal_content_list, 'horizontal_content_list').length <= 6, 'horizontal_content_list');
  need(listOf(card.jump_list, 'jump_list').length <= 3, 'jump_list');
  if (isObject(card.source)) need(card.source.desc_color === undefined || isIntegerIn(card.source.desc_color, 0, 3), 'source.desc_color');
  const facts = listOf(card.horizontal_content_list, 'horizontal_content_list').map((row) => {
    need(asText(row.keyname) !== '', 'horizontal_content_list.keyname');
    return { name: asText(row.keyname), value: asText(row.value) };
  });
  return {
    kind: `card-${parts.type}`,
    title: title || asText(card.sub_title_text),
    body: [asText(main.desc), title ? asText(card.sub_title_text) : ''].filter(Boolean).join('\n'),
    link: linkOf(card.card_action, !isInteractive),
    taskId,
    view: { taskId, submitText: '', submitKey: '', questions: [], buttons: [], facts, ...parts },
  };
}

function partsOf(type: string, card: Record<string, unknown>): Pick<CardView, 'type'> & Partial<CardView> {
  if (type === 'vote_interaction') return { type: 'vote', questions: [checkboxOf(card.checkbox)], ...submitOf(card.submit_button) };
  if (type === 'multiple_interaction') return { type: 'multiple', questions: selectsOf(card.select_list), ...submitOf(card.submit_button) };
  if (type === 'button_interaction') return { type: 'button', buttons: buttonsOf(card.button_list) };
  if (type === 'text_notice') return { type: 'notice' };
  throw new Broken('card_type');
}

function checkboxOf(value: unknown): CardView['questions'][number] {
  need(isObject(value), 'checkbox');
  const key = keyOf(value.question_key, 'checkbox.question_key');
  need(value.mode === undefined || value.mode === 0 || value.mode === 1, 'checkbox.mode');
  return {
    key,
    title: '',
    mode: value.mode === 1 ? 'multiple' : 'single',
    options: optionsOf(value.option_list, 20, 'checkbox.option_list'),
  };
}

function selectsOf(value: unknown): CardView['questions'] {
  const selects = listOf(value, 'select_list');
  need(selects.length >= 1 && selects.length <= 3, 'select_list');
  const questions = selects.map((select) => {
    const options = optionsOf(select.option_list, 10, 'select_list.option_list');
    need(select.selected_id === undefined || options.some((option) => option.id === select.selected_id), 'select_list.selected_id');
    return { key: keyOf(select.question_key, 'select_list.question_key'), title: asText(select.title), mode: 'single' as const, options };
  });
  need(new Set(questions.map((question) => question.key)).size === questions.length, 'select_list.question_key');
  return questions;
}

function optionsOf(value: unknown, most: number, field: string): { id: string; text: string }[] {
  const options = listOf(value, field).map((option) => ({ id: asText(option.id), text: asText(option.text) }));
  need(options.length >= 1 && options.length <= most, field);
  need(new Set(options.map((option) => option.id)).size === options.length, `${field}.id`);
  for (const option of options) {
    need(option.id !== '' && bytesOf(option.id) <= 128, `${field}.id`);
    need(option.text !== '', `${field}.text`);
  }
  return options;
}

function buttonsOf(value: unknown): CardView['buttons'] {
  const buttons = listOf(value, 'button_list');
  need(buttons.length >= 1 && buttons.length <= 6, 'button_list');
  return buttons.map((button) => {
    need(asText(button.text) !== '', 'button_list.text');
    need(button.style === undefined || isIntegerIn(button.style, 1, 4), 'button_list.style');
    return {
      key: keyOf(button.key, 'button_list.key'),
      text: asText(button.text),
      style: typeof button.style === 'number' ? button.style : 1,
    };
  });
}

function submitOf(value: unknown): Pick<CardView, 'submitText' | 'submitKey'> {
  need(isObject(value) && asText(value.text) !== '', 'submit_button.text');
  return { submitText: asText(value.text), submitKey: keyOf(value.key, 'submit_button.key') };
}

function linkOf(value: unknown, isRequired: boolean): string | null {
  if (value === undefined && !isRequired) return null;
  need(isObject(value), 'card_action');
  if (value.type === 0 && !isRequired) return null;
  if (value.type === 1) {
    need(/^https?:\/\/\S+$/.test(asText(value.url)) && bytesOf(asText(value.url)) <= 2048, 'card_action.url');
    return asText(value.url);
  }
  need(value.type === 2, 'card_action.type');
  need(asText(value.appid) !== '', 'card_action.appid');
  return asText(value.pagepath) || null;
}

function listOf(value: unknown, field: string): Record<string, unknown>[] {
  if (value === undefined) return [];
  need(Array.isArray(value), field);
  return value.map((entry: unknown) => {
    need(isObject(entry), field);
    return entry;
  });
}

function keyOf(value: unknown, field: string): string {
  const key = asText(value);
  need(key !== '' && bytesOf(key) <= 1024, field);
  return key;
}

const isIntegerIn = (value: unknown, least: number, most: number): boolean =>
  Number.isInteger(value) && Number(value) >= least && Number(value) <= most;

function need(condition: boolean, field: string): asserts condition {
  if (!condition) throw new Broken(field);
}
