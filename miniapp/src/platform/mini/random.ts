// WeChat's and Alipay's synchronous JavaScript has no source of secure randomness; 128 bits of Math.random tell requests apart.
export const randomHexId = (): string => Array.from({ length: 32 }, () => Math.floor(Math.random() * 16).toString(16)).join('');
