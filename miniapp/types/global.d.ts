/// <reference types="@tarojs/taro" />

declare module '*.scss';
declare module '*.module.scss' {
  const classes: Readonly<Record<string, string>>;
  export = classes;
}

declare const process: { env: { TARO_ENV: 'weapp' | 'alipay' | 'h5'; NODE_ENV: string } };
declare const API_BASE_URL: string;
