import Taro from '@tarojs/taro';
import type { Platform } from '../port';

/** Downloads to a temporary file first: neither viewer takes an address that needs a token. */
export async function openMiniFile({ path, token, mimeType }: Parameters<Platform['openFile']>[0]): Promise<void> {
  const answer = await Taro.downloadFile({ url: `${API_BASE_URL}${path}`, header: { authorization: `Bearer ${token}` } });
  if (answer.statusCode !== undefined && answer.statusCode !== 200) throw new Error(`download: ${answer.statusCode}`);
  if (mimeType.startsWith('image/')) await Taro.previewImage({ urls: [answer.tempFilePath] });
  else await Taro.openDocument({ filePath: answer.tempFilePath, fileType: 'pdf', showMenu: true });
}
