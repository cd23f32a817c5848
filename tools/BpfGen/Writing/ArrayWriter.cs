using BpfGen.Types;

namespace BpfGen.Writing;

/// <summary>Writes the types of arrays inside structures.</summary>
internal sealed class ArrayWriter(CodeWriter code)
{
    private const string Bytes = "global::System.ReadOnlySpan<byte>";

    /// <summary>Writes an array's type.</summary>
    public void Write(InlineArray array)
    {
        code.Summary(array.Content == ArrayContent.Text
            ? $"A text of up to {array.Length} bytes, ended by a zero byte where it is shorter."
            : $"{array.Length} elements in a row; it converts to a span.");
        code.Line($"[global::System.Runtime.CompilerServices.InlineArray({array.Length})]");
        code.Open($"public struct {array.Name}");
        code.Line($"private {array.ElementType} _first;");
        if (array.Content == ArrayContent.Text)
        {
            WriteText();
        }

        code.Close();
    }

    private void WriteText()
    {
        code.Summary("The bytes before the first zero byte.");
        code.Line("[global::System.Diagnostics.CodeAnalysis.UnscopedRef]");
        code.Open($"public readonly {Bytes} Text");
        code.Open("get");
        code.Line($"{Bytes} all = this;");
        code.Line("int end = global::System.MemoryExtensions.IndexOf(all, (byte)0);");
        code.Line("return end < 0 ? all : all[..end];");
        code.Close();
        code.Close();
        code.Summary("The text; bytes that are no UTF-8 become U+FFFD.");
        code.Line("public override readonly string ToString() => global::System.Text.Encoding.UTF8.GetString(Text);");
    }
}
