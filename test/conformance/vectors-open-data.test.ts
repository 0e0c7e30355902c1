import { describe, expect } from '@jest/globals';
import { testVectors, turnedBits, type Vector } from '../support/platform-vectors';
import { openApiPayload, openUserData, type SealedCall } from '../support/vector-schemes';

type UserData = Vector<
  { session_key: string; iv: string; encryptedData: string },
  { json: { openId: string; watermark: { appid: string } } & Record<string, unknown> }
>;

describe('vectors of sealed mini-program data', () => {
  testVectors('wechat-open-data', {
    'wx-encrypted-data': ({ input, expected }: UserData) => {
      const data = { sessionKey: input.session_key, iv: input.iv, encryptedData: input.encryptedData };
      const { appid } = expected.json.watermark;
      expect(openUserData(data, appid)).toEqual(expected.json);
      // The watermark says for whom: another app is not given it.
      expect(openUserData(data, 'wx0000000000000000')).toBeUndefined();
      expect(openUserData({ ...data, sessionKey: Buffer.alloc(16).toString('base64') }, appid)).toBeUndefined();
      // CBC proves nothing: a changed byte gives another person's data or none, never the same.
      for (const encryptedData of turnedBits(data.encryptedData)) {
        expect(openUserData({ ...data, encryptedData }, appid)).not.toEqual(expected.json);
      }
    },
    'wx-api-aes256gcm': ({ input, expected }: Vector<SealedCall, { plaintext: string }>) => {
      expect(openApiPayload(input)).toBe(expected.plaintext);
      for (const dataBase64 of turnedBits(input.dataBase64)) expect(openApiPayload({ ...input, dataBase64 })).toBeUndefined();
      for (const authtagBase64 of turnedBits(input.authtagBase64)) expect(openApiPayload({ ...input, authtagBase64 })).toBeUndefined();
      // The receiver is in the additional data: a payload for another app does not open.
      const foreign = input.aad.replace('wxba6223c06417af7b', 'wx0000000000000000');
      expect(foreign).not.toBe(input.aad);
      expect(openApiPayload({ ...input, aad: foreign })).toBeUndefined();
    },
  });
});
