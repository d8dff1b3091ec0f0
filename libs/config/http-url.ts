/** Options of `IsUrl` for the URLs of providers and collectors. */
export const httpUrl = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };
export const mustBeHttpUrl = { message: '$property must be a URL such as https://provider.example/payment' };
