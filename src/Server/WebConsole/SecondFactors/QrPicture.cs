using System.Globalization;
using System.Text;
using QRCoder;

namespace Gatehouse.WebConsole.SecondFactors;

/// <summary>A QR code as a picture that stands in the page itself: black on white in either colour scheme.</summary>
internal static class QrPicture
{
    /// <summary>The address of a picture (RFC 2397), an SVG of one path.</summary>
    public static string AddressOf(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var (rows, path) = (code.ModuleMatrix, new StringBuilder());
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                if (rows[y][x]) path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
            }
        }

        var svg = $"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {rows.Count} {rows.Count}' "
            + $"shape-rendering='crispEdges'><path fill='#fff' d='M0 0h{rows.Count}v{rows.Count}H0z'/>"
            + $"<path d='{path}'/></svg>";
        return "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(svg));
    }
}
