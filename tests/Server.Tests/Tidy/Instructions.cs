using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace Gatehouse.Tests.Tidy;

/// <summary>Reads the instructions of a method for the types, methods and fields that they name.</summary>
internal static class Instructions
{
    private const byte TwoByteMark = 0xFE;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    public static IEnumerable<MemberInfo> Members(MethodBase method, MethodBody body)
    {
        var typeArguments = method.DeclaringType?.GetGenericArguments();
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return Tokens(body.GetILAsByteArray() ?? [])
            .Select(token => method.Module.ResolveMember(token, typeArguments, methodArguments))
            .OfType<MemberInfo>();
    }

    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            var instruction = OpCodesByValue[Value(code, at)];
            at += instruction.Size;
            if (instruction.OperandType is OperandType.InlineMethod or OperandType.InlineField
                or OperandType.InlineType or OperandType.InlineTok)
            {
                yield return Int(code, at);
            }
            at += OperandSize(instruction, code, at);
        }
    }

    private static short Value(byte[] code, int at) =>
        code[at] == TwoByteMark ? BinaryPrimitives.ReadInt16BigEndian(code.AsSpan(at)) : code[at];

    private static int OperandSize(OpCode instruction, byte[] code, int at) => instruction.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * Int(code, at)),
        _ => 4,
    };

    private static int Int(byte[] code, int at) => BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at));
}
