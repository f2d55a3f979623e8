using System.ComponentModel;
using System.Globalization;

namespace Gatehouse.Domain;

/// <summary>
/// A text that must never be seen: it neither prints nor serialises, so a log line or an answer that contains one by
/// mistake shows <c>[secret]</c>. Only <see cref="Reveal"/> gives the text, which makes every use easy to find.
/// </summary>
[TypeConverter(typeof(FromText))]
public sealed class Secret(string text)
{
    private readonly string text = text;

    /// <summary>The text itself; only where it is hashed, encrypted, compared or handed to its owner.</summary>
    public string Reveal() => text;

    public override string ToString() => "[secret]";

    /// <summary>Lets the configuration binder make secrets; it never turns one back into text.</summary>
    private sealed class FromText : TypeConverter
    {
        public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
            sourceType == typeof(string);

        public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
            new Secret((string)value);
    }
}
