/** As much of OpenAPI 3.1 as is shown, https://spec.openapis.org/oas/v3.1.1.html */
export const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

export interface OpenApi {
  readonly info: { readonly description: string };
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<
    Record<string, { readonly [Method in (typeof METHODS)[number]]?: OpenApiOperation }>
  >;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

export interface OpenApiSchema {
  readonly $ref?: string;
}

type Content = Readonly<Record<string, { readonly schema: OpenApiSchema }>>;

export interface OpenApiOperation {
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly 'x-scope'?: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema: object;
  }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Content }>
  >;
}
