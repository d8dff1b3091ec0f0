/** The style of the page at /docs, after Swagger UI's own. The document has one server, so there is nothing to choose. */
export const PAGE_STYLE = `
.swagger-ui .servers-title, .swagger-ui .servers, .swagger-ui .info .base-url { display: none }
.swagger-ui .info { margin: 24px 0 }
.swagger-ui .scheme-container { margin: 0 0 12px; padding: 12px 0 }
.swagger-ui pre, .swagger-ui code { overflow-wrap: anywhere; white-space: pre-wrap }
.swagger-ui summary { cursor: pointer }

.notice { font: 600 16px sans-serif; margin: 0; padding: 0; background: #fff3cd; color: #533f03; position: sticky; top: 0; z-index: 1 }
.notice:not(:empty) { padding: 12px 20px }

.swagger-ui .login { box-sizing: border-box; width: min(26rem, 94vw); padding: 20px; border: 1px solid #ebebeb; border-radius: 4px; font-family: sans-serif; color: #3b4151; background: #fff }
.swagger-ui .login::backdrop { background: rgb(0 0 0 / .8) }
.swagger-ui .login h3 { margin: 0 0 16px; font-size: 22px }
.swagger-ui .login label { display: block; margin: 0 0 12px }
.swagger-ui .login input { display: block; box-sizing: border-box; width: 100%; max-width: none; margin: 4px 0 0; padding: 10px; font-size: 16px }
.swagger-ui .login [role=alert] { margin: 0 0 12px; min-height: 1.4em; color: #b00020; font-weight: 600 }
.swagger-ui .login .buttons { display: flex; gap: 8px }
.swagger-ui .login .btn { margin: 0 }

@media (max-width: 640px) {
  .swagger-ui .wrapper { padding: 0 10px }
  .swagger-ui .opblock-tag { flex-wrap: wrap; padding: 10px 4px }
  .swagger-ui .opblock-tag small { order: 1; flex: 1 0 100%; padding: 4px 0 0 }
  .swagger-ui .opblock-tag > button { margin-left: auto }
  .swagger-ui .opblock .opblock-summary { flex-wrap: wrap }
  .swagger-ui .opblock .opblock-summary-control { flex-wrap: wrap }
  .swagger-ui .opblock .opblock-summary-path { max-width: 60vw; padding: 4px 8px }
  .swagger-ui .opblock .opblock-summary-description { flex-basis: 100%; padding: 4px 0 0 }
  .swagger-ui .opblock-section-header { flex-wrap: wrap }
  .swagger-ui table, .swagger-ui tbody, .swagger-ui tr, .swagger-ui td { display: block; box-sizing: border-box; width: auto; min-width: 0; max-width: 100% }
  .swagger-ui thead, .swagger-ui .curl-command { display: none }
  .swagger-ui .parameters-col_name, .swagger-ui .parameters-col_description { padding: 4px 0 }
  .swagger-ui .parameters-col_description input, .swagger-ui .parameters-col_description select, .swagger-ui textarea { width: 100%; max-width: none; font-size: 16px }
  .swagger-ui .opblock-body, .swagger-ui .response { overflow-x: auto }
  .swagger-ui .response-col_links { display: none }
  .swagger-ui .examples-select-element { max-width: 100% }
}
`;
