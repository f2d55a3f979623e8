using System.Text;

namespace Gatehouse.Cli.Tests.Support;

/// <summary>
/// Reads a QR code from half blocks as a camera would, by ISO/IEC 18004 and not by the library that drew it. Versions 2
/// to 5 of level L: one block of codewords, and a clean picture needs no correction.
/// </summary>
public sealed class QrReader
{
    private const int Margin = 2;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    private readonly bool[,] dark;
    private readonly int size;

    private QrReader(string[] lines)
    {
        size = lines[0].Length - (2 * Margin);
        dark = new bool[size, size];
        for (var row = 0; row < size; row++)
            for (var column = 0; column < size; column++)
                dark[row, column] = IsDark(lines[(row + Margin) / 2][column + Margin], (row + Margin) % 2 == 0);
    }

    /// <summary>The text in a drawing.</summary>
    public static string Read(string drawing)
    {
        var code = new QrReader(drawing.TrimEnd('\n').Split('\n'));
        var (bits, text) = (new Queue<bool>(code.Bits()), "");
        while (true)
        {
            switch (Number(bits, 4))
            {
                case 0: return text;
                case 2: text += Alphanumeric(bits, Number(bits, 9)); break;
                case 4: text += Latin(bits, Number(bits, 8)); break;
                default: throw new InvalidDataException("This is no mode of text.");
            }
        }
    }

    private static string Latin(Queue<bool> bits, int length) =>
        Encoding.Latin1.GetString([.. Enumerable.Range(0, length).Select(_ => (byte)Number(bits, 8))]);

    private static string Alphanumeric(Queue<bool> bits, int length)
    {
        var text = "";
        for (; length > 1; length -= 2)
        {
            var pair = Number(bits, 11);
            text += $"{Alphabet[pair / 45]}{Alphabet[pair % 45]}";
        }

        return length == 0 ? text : text + Alphabet[Number(bits, 6)];
    }

    private static bool IsDark(char halves, bool isUpper) => halves switch
    {
        '█' => false,
        '▀' => !isUpper,
        '▄' => isUpper,
        ' ' => true,
        _ => throw new InvalidDataException($"`{halves}` is no half block."),
    };

    private static int Number(Queue<bool> bits, int count) =>
        Enumerable.Range(0, count).Aggregate(0, (number, _) => (number << 1) | (bits.Dequeue() ? 1 : 0));

    /// <summary>Two columns at a time from the right, up and down in turn, the timing column left out.</summary>
    private List<bool> Bits()
    {
        var (bits, mask, upwards) = (new List<bool>(), Mask(), true);
        for (var right = size - 1; right > 0; right -= right == 8 ? 3 : 2)
        {
            foreach (var step in Enumerable.Range(0, size))
            {
                var row = upwards ? size - 1 - step : step;
                bits.AddRange(
                    from column in new[] { right, right - 1 }
                    where !IsPattern(row, column)
                    select dark[row, column] ^ Flips(mask, row, column));
            }

            upwards = !upwards;
        }

        return bits;
    }

    /// <summary>Three bits of the format, which has a mask of its own.</summary>
    private int Mask() => ((dark[8, 2] ? 4 : 0) | (dark[8, 3] ? 2 : 0) | (dark[8, 4] ? 1 : 0)) ^ 0b101;

    private bool IsPattern(int row, int column)
    {
        var isCorner = (row < 9 && (column < 9 || column >= size - 8)) || (row >= size - 8 && column < 9);
        var isAlignment = Math.Abs(row - (size - 7)) <= 2 && Math.Abs(column - (size - 7)) <= 2;
        return isCorner || isAlignment || row == 6 || column == 6;
    }

    private static bool Flips(int mask, int row, int column) => mask switch
    {
        0 => (row + column) % 2 == 0,
        1 => row % 2 == 0,
        2 => column % 3 == 0,
        3 => (row + column) % 3 == 0,
        4 => ((row / 2) + (column / 3)) % 2 == 0,
        5 => (row * column % 2) + (row * column % 3) == 0,
        6 => ((row * column % 2) + (row * column % 3)) % 2 == 0,
        _ => (((row + column) % 2) + (row * column % 3)) % 2 == 0,
    };
}
