using System.Security.Cryptography;
using System.Text;
using Gatehouse.Platform;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Gatehouse.WebConsole.Brand;

/// <summary>The two files that depend on the operator's colour. Everything else about looks is in app.css.</summary>
internal static class BrandFiles
{
    // The surfaces of app.css on which the colour is hardest to read: the darkest light one, the lightest dark one.
    private static readonly BrandColor Light = BrandColor.Parse("#f1eee6");
    private static readonly BrandColor Dark = BrandColor.Parse("#262a26");

    public static void MapBrandFiles(this WebApplication app)
    {
        var color = BrandColor.Parse(app.Services.GetRequiredService<Settings>().Brand.Color);
        var (css, mark) = (Encoding.UTF8.GetBytes(Css(color)), Encoding.UTF8.GetBytes(Mark(color)));
        app.MapGet("/brand.css", (HttpContext http) => File(http, css, "text/css")).ExcludeFromDescription();
        app.MapGet("/brand.svg", (HttpContext http) => File(http, mark, "image/svg+xml")).ExcludeFromDescription();
    }

    /// <summary>On dark paper the colour is lightened for buttons too, as a dark one would sink in.</summary>
    internal static string Css(BrandColor color)
    {
        var lightened = color.ReadableOn(Dark);
        return $$"""
            :root { --brand: {{color}}; --on-brand: {{color.Ink}}; --accent: {{color.ReadableOn(Light)}}; }
            @media (prefers-color-scheme: dark) {
              :root { --brand: {{lightened}}; --on-brand: {{lightened.Ink}}; --accent: {{lightened}}; }
            }

            """;
    }

    /// <summary>A gate, in the colour.</summary>
    private static string Mark(BrandColor color) => $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
          <rect width="32" height="32" rx="7" fill="{color}"/>
          <path fill="{color.Ink}" d="M7 25V16a9 9 0 0 1 18 0v9h-5v-9a4 4 0 0 0-8 0v9z"/>
        </svg>

        """;

    /// <summary>Kept by browsers, and asked for again by its tag: a new colour shows at once.</summary>
    private static FileContentHttpResult File(HttpContext http, byte[] content, string type)
    {
        http.Response.Headers.CacheControl = "no-cache";
        var tag = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8));
        return TypedResults.Bytes(content, type, entityTag: new EntityTagHeaderValue($"\"{tag}\""));
    }
}
