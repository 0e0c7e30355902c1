import { type Exchange, type Handler, json, type Reply } from '../http/router';
import { parseJson } from '../world/json-values';

/** A wrong request to the desk's own API: said in words, nothing done by half. */
export class DeskProblem extends Error {
  constructor(
    readonly status: 400 | 404 | 409,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export function desk(act: (exchange: Exchange) => object | Promise<object>): Handler {
  return async (exchange): Promise<Reply> => {
    try {
      return json(await act(exchange));
    } catch (error) {
      if (error instanceof DeskProblem) return json({ code: error.code, message: error.message }, error.status);
      throw error;
    }
  };
}

export function bodyOf(exchange: Exchange): Record<string, unknown> {
  if (exchange.raw.length === 0) return {};
  const body = parseJson(exchange.raw);
  if (!body) throw new DeskProblem(400, 'INVALID_BODY', '请求体不是 JSON 对象');
  return body;
}

export function numberOf(value: unknown, field: string, least = 0, most = Number.MAX_SAFE_INTEGER): number {
  if (typeof value !== 'number' || Number.isNaN(value) || value < least || value > most)
    throw new DeskProblem(400, 'INVALID_FIELD', `${field} 应为 ${least} 到 ${most} 之间的数`);
  return value;
}

export function onlyFields(body: Record<string, unknown>, known: readonly string[]): void {
  const unknown = Object.keys(body).find((field) => !known.includes(field));
  if (unknown) throw new DeskProblem(400, 'UNKNOWN_FIELD', `没有字段 ${unknown}；可用：${known.join('、')}`);
}

export function queryNumber(exchange: Exchange, name: string, fallback: number, most: number): number {
  const text = exchange.query.get(name);
  if (text === null) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new DeskProblem(400, 'INVALID_FIELD', `${name} 应为非负整数`);
  return Math.min(value, most);
}
