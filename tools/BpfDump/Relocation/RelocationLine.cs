using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BpfCore.Linking;

namespace BpfDump.Relocation;

/// <summary>What relocation made of one object, as one line of JSON. docs/bpfdump.md describes the format.</summary>
internal static class RelocationLine
{
    // What is written is no part of a web page: < and ' in section names and messages stay as they are.
    private static readonly JsonWriterOptions s_options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The line of an object that was relocated, or refused as a whole.</summary>
    /// <param name="name">Base name of the object's path.</param>
    /// <param name="relocated">The object.</param>
    /// <returns>The line without a newline.</returns>
    public static string Of(string name, RelocatedObject relocated) =>
        Write(name, relocated.Refusal?.Message, relocated.Programs);

    /// <summary>The line of an object that cannot be read.</summary>
    /// <param name="name">Base name of the object's path.</param>
    /// <param name="reason">Why not.</param>
    /// <returns>The line without a newline.</returns>
    public static string OfUnreadable(string name, string reason) => Write(name, reason, []);

    private static string Write(string name, string? refusal, IReadOnlyList<RelocatedProgram> programs)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter json = new(buffer, s_options);
        json.WriteStartObject();
        json.WriteString("object"u8, name);
        WriteRefusal(json, refusal);
        json.WriteStartArray("programs"u8);
        foreach (RelocatedProgram program in programs)
        {
            Write(json, program);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteRefusal(Utf8JsonWriter json, string? refusal)
    {
        if (refusal is null)
        {
            json.WriteNull("error"u8);
            return;
        }

        json.WriteStartObject("error"u8);
        json.WriteString("log"u8, refusal);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RelocatedProgram program)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, program.Spec.Name);
        json.WriteString("section"u8, program.Spec.SectionName);
        json.WriteNumber("type"u8, (uint)program.Spec.Type);
        json.WriteNumber("attach_type"u8, (uint)program.Spec.ExpectedAttachType);
        if (program.IsRelocated)
        {
            json.WriteStartArray("refs"u8);
            foreach (ProgramReference reference in program.References)
            {
                Write(json, reference);
            }

            json.WriteEndArray();
            json.WriteString("insns"u8, Convert.ToHexStringLower(MemoryMarshal.AsBytes(program.Instructions)));
        }
        else
        {
            json.WriteString("error"u8, program.Refusal.Message);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ProgramReference reference)
    {
        json.WriteStartObject();
        json.WriteNumber("insn"u8, reference.InstructionIndex);
        json.WriteString("kind"u8, Kind(reference.Kind));
        json.WriteString("name"u8, reference.Name);
        if (reference.Kind is ProgramReferenceKind.MapValue or ProgramReferenceKind.KernelFunction
            or ProgramReferenceKind.JumpTable)
        {
            json.WriteNumber("off"u8, reference.Offset);
        }

        if (reference.Kind == ProgramReferenceKind.JumpTable)
        {
            Write(json, reference.JumpTable);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<uint> table)
    {
        json.WriteStartArray("table"u8);
        foreach (uint instruction in table)
        {
            json.WriteNumberValue(instruction);
        }

        json.WriteEndArray();
    }

    private static ReadOnlySpan<byte> Kind(ProgramReferenceKind kind) => kind switch
    {
        ProgramReferenceKind.Map => "map"u8,
        ProgramReferenceKind.MapValue or ProgramReferenceKind.JumpTable => "map_value"u8,
        ProgramReferenceKind.KernelVariable => "btf_var"u8,
        ProgramReferenceKind.KernelSymbol => "ksym"u8,
        ProgramReferenceKind.KernelFunction => "kfunc"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no kind of reference"),
    };
}
