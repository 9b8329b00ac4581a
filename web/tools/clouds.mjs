// Where Azure's clouds answer: Azure Resource Manager, and the hosts that Microsoft Entra signs in on.
export const clouds = {
  public: { endpoint: 'https://management.azure.com', logins: ['https://login.microsoftonline.com'] },
  us_government: { endpoint: 'https://management.usgovcloudapi.net', logins: ['https://login.microsoftonline.us'] },
  china: { endpoint: 'https://management.chinacloudapi.cn', logins: ['https://login.chinacloudapi.cn', 'https://login.partner.microsoftonline.cn'] },
};
