using BpfCore.Typed;
using BpfGen.Naming;

namespace BpfGen.Writing;

/// <summary>Writes structures and unions, each field where the programs have it.</summary>
internal sealed class StructWriter(GeneratedClass target, CodeWriter code)
{
    private const string Layout = "global::System.Runtime.InteropServices";
    private const string Record = "global::System.ReadOnlySpan<byte>";
    private const uint BitsPerByte = 8;

    /// <summary>Writes a structure or union.</summary>
    public void Write(InterfaceType type)
    {
        string name = target.Types.NameOf(type);
        NameScope scope = new(name, "Read", "Decode");
        code.Summary($"{XmlText.Code(type.Label)}, {type.Type.Size} bytes.");
        // Packed: nothing may move a field or add to the size, whatever alignment C# would choose.
        uint size = Math.Max(type.Type.Size, 1);
        code.Line($"[{Layout}.StructLayout({Layout}.LayoutKind.Explicit, Pack = 1, Size = {size})]");
        code.Open($"public struct {name}");
        foreach (InterfaceField field in type.Fields)
        {
            WriteField(field, scope);
        }

        if (type.Role == InterfaceTypeRole.Sent)
        {
            WriteReading(name);
        }

        code.Close();
    }

    private void WriteField(in InterfaceField field, NameScope scope)
    {
        string shape = $"{field.Name}: {target.Interface.ShapeOf(field.Type.Id)}";
        string? type = target.Types.Find(field.Type.Id);
        bool isTooWide = field.BitfieldSize > BitField.LongestSize;
        if (type is null || isTooWide || (field.BitfieldSize == 0 && field.BitOffset % BitsPerByte != 0))
        {
            code.Separate();
            code.Line($"// {XmlText.Escape(shape)}, for which C# has no type.");
            return;
        }

        string name = scope.Take(CSharpName.Pascal(field.Name));
        if (field.BitfieldSize > 0)
        {
            code.Summary($"{XmlText.Code(shape)}, {field.BitfieldSize} bits at bit {field.BitOffset}.");
            new BitField(field, type).Write(name, code);
            return;
        }

        code.Summary($"{XmlText.Code(shape)} at {field.BitOffset / BitsPerByte}.");
        code.Line($"[{Layout}.FieldOffset({field.BitOffset / BitsPerByte})]");
        code.Line($"public {type} {name};");
    }

    private void WriteReading(string name)
    {
        code.Summary("Reads it from a record of a ring or perf buffer, without allocation.");
        code.Line("/// <param name=\"record\">The record; the kernel may pad it.</param>");
        code.Line("/// <exception cref=\"global::System.IO.InvalidDataException\">The record is shorter.</exception>");
        code.Line($"public static {name} Read({Record} record) =>");
        code.Body($"global::BpfCore.Typed.BpfRecord.Read<{name}>(record);");
        code.Summary("As <see cref=\"Read\"/>, for <c>ReadAllAsync</c> of a buffer.");
        code.Line("/// <param name=\"source\">The CPU or the map that it came from.</param>");
        code.Line("/// <param name=\"record\">The record; the kernel may pad it.</param>");
        code.Line("/// <exception cref=\"global::System.IO.InvalidDataException\">The record is shorter.</exception>");
        code.Line($"public static {name} Decode(int source, {Record} record) => Read(record);");
    }
}
