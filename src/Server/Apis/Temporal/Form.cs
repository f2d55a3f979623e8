using Microsoft.OpenApi;

namespace Gatehouse.Apis.Temporal;

/// <summary>The fields of a request, however they were sent. An empty field is one that is not there.</summary>
internal sealed class Form(IReadOnlyDictionary<string, string> fields)
{
    /// <summary>A field; null when it is missing or empty.</summary>
    public string? this[string name] => fields.TryGetValue(name, out var value) && value != "" ? value : null;
}

/// <summary>Reads the fields of a request before its endpoint runs, and says which one is missing.</summary>
internal static class FormFields
{
    /// <summary>
    /// The fields that a route cannot do without, in the order in which they are asked for, and those that it may get
    /// besides (README, "Bodies").
    /// </summary>
    public static RouteHandlerBuilder Needs(
        this RouteHandlerBuilder route, string[] needed, params string[] welcome) => route
        .AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            if (!(await FormReader.Read(http)).Is(out var form, out var refusal)) return Errors.Answer(refusal);
            if (needed.FirstOrDefault(name => form[name] is null) is { } missing)
                return Errors.Answer($"{missing} not present");
            http.Features.Set(form);
            return await next(context);
        })
        .Takes(needed, welcome);

    /// <summary>Describes the fields for <c>GET /openapi.json</c>; the routes read them on their own.</summary>
    public static RouteHandlerBuilder Takes(
        this RouteHandlerBuilder route, string[] needed, params string[] welcome) => route
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = Describe(needed, welcome);
            return Task.CompletedTask;
        });

    /// <summary>A field that the route needs.</summary>
    public static string Field(this HttpContext http, string name) => http.OptionalField(name)!;

    /// <summary>A field that may be missing.</summary>
    public static string? OptionalField(this HttpContext http, string name) => http.Features.Get<Form>()![name];

    private static OpenApiRequestBody Describe(string[] needed, string[] welcome)
    {
        IOpenApiSchema schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Required = needed.ToHashSet(StringComparer.Ordinal),
            Properties = needed.Concat(welcome).ToDictionary(
                name => name,
                IOpenApiSchema (_) => new OpenApiSchema { Type = JsonSchemaType.String },
                StringComparer.Ordinal),
        };
        string[] types = ["multipart/form-data", "application/x-www-form-urlencoded", "application/json"];
        return new OpenApiRequestBody
        {
            Required = true,
            Content = types.ToDictionary(
                type => type, _ => new OpenApiMediaType { Schema = schema }, StringComparer.Ordinal),
        };
    }
}
