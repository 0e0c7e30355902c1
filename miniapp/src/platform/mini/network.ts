import Taro from '@tarojs/taro';

export function followMiniNetwork(listener: (isConnected: boolean) => void): () => void {
  const onChange = (change: { isConnected: boolean }) => listener(change.isConnected);
  Taro.onNetworkStatusChange(onChange);
  Taro.getNetworkType().then(
    ({ networkType }) => listener(String(networkType).toLowerCase() !== 'none' && String(networkType) !== 'NOTREACHABLE'),
    () => undefined,
  );
  return () => Taro.offNetworkStatusChange(onChange);
}
