/** 常用语 that every bureau starts with. */
export const cannedSeeds = [
  { seed: 'greeting', title: '问候', text: '您好，我是本次为您服务的工作人员，请问有什么可以帮您？' },
  { seed: 'looking', title: '正在核实', text: '您反映的情况已收到，我正在核实，请稍等。' },
  { seed: 'details', title: '请补充情况', text: '为便于办理，请补充说明事情发生的时间、地点和您希望的解决方式。' },
  { seed: 'order', title: '转为工单', text: '这个问题需要有关部门办理。请回复“取消人工”后发送“诉求”，按提示提交，办理进度会随时告诉您。' },
  { seed: 'closing', title: '结束语', text: '感谢您的来询。如还有其他问题，随时回复“人工”找我们。' },
] as const;
